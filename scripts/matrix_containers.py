"""Containers of the detection matrix: one text under one name, in the formats that apps send, each written by Python's own encoders or by hand from the
format's document (MessagePack, CBOR RFC 8949, protobuf, gRPC, TARS, Thrift, BSON, bencode), so that no cell is written by the code that is to read it.

Each yields (container, url, headers, body as bytes).
"""

import base64
import csv
import gzip
import io
import json
import pickle
import plistlib
import shutil
import sqlite3
import struct
import subprocess
import urllib.parse
import zipfile
import zlib
from xml.sax.saxutils import escape, quoteattr

BASE = "https://api.example.com/v1/collect"
JSON = ["content-type", "application/json"]
FORM = ["content-type", "application/x-www-form-urlencoded"]
OCTETS = ["content-type", "application/octet-stream"]


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def latin(text):
    return text.encode().decode("latin-1")


def msgpack(value):
    if isinstance(value, dict):
        return bytes([0x80 | len(value)]) + b"".join(msgpack(key) + msgpack(each) for key, each in value.items())
    if isinstance(value, int):
        return struct.pack(">BI", 0xCE, value)
    data = value.encode()
    head = bytes([0xA0 | len(data)]) if len(data) < 32 else struct.pack(">BB", 0xD9, len(data)) if len(data) < 256 else struct.pack(">BH", 0xDA, len(data))
    return head + data


def cbor(value):
    def head(major, count):
        if count < 24:
            return bytes([major << 5 | count])
        if count < 256:
            return struct.pack(">BB", major << 5 | 24, count)
        return struct.pack(">BH", major << 5 | 25, count) if count < 65536 else struct.pack(">BI", major << 5 | 26, count)

    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(key) + cbor(each) for key, each in value.items())
    if isinstance(value, int):
        return head(0, value)
    return head(3, len(value.encode())) + value.encode()


def tars_head(tag, kind):
    return bytes([tag << 4 | kind]) if tag < 15 else bytes([0xF0 | kind, tag])


def tars_number(tag, number):
    if number == 0:
        return tars_head(tag, 12)
    for kind, form in enumerate(("b", "h", "i", "q")):
        if -(1 << 8 * struct.calcsize(form) - 1) <= number < 1 << 8 * struct.calcsize(form) - 1:
            return tars_head(tag, kind) + struct.pack(">" + form, number)


def tars(tag, value):
    """TARS of Tencent: maps, texts, bytes and numbers, each in its shortest form."""
    if isinstance(value, dict):
        pairs = b"".join(tars(0, key) + tars(1, each) for key, each in value.items())
        return tars_head(tag, 8) + tars_number(0, len(value)) + pairs
    if isinstance(value, int):
        return tars_number(tag, value)
    if isinstance(value, bytes):
        return tars_head(tag, 13) + tars_head(0, 0) + tars_number(0, len(value)) + value
    data = value.encode()
    return (tars_head(tag, 6) + bytes([len(data)]) if len(data) < 256 else tars_head(tag, 7) + struct.pack(">I", len(data))) + data


def tars_call(arguments):
    """A call as WUP frames it: its length, then version, names, and each argument in a buffer of its own."""
    buffer = tars(0, {name: tars(0, value) for name, value in arguments.items()})
    fields = (3, 0, 0, 7, "Demo.ReportServer.ReportObj", "report", buffer, 0, {}, {})
    packet = b"".join(tars(1 + index, each) for index, each in enumerate(fields))
    return struct.pack(">I", 4 + len(packet)) + packet


def thrift_text(number, data):
    return struct.pack(">BhI", 11, number, len(data)) + data


def thrift_compact_text(step, data):
    return bytes([step << 4 | 8]) + varint(len(data)) + data


def bson(value):
    out = b""
    for name, each in value.items():
        key = name.encode() + b"\x00"
        if isinstance(each, dict):
            out += b"\x03" + key + bson(each)
        elif isinstance(each, int):
            out += b"\x12" + key + struct.pack("<q", each)
        else:
            out += b"\x02" + key + struct.pack("<i", len(each.encode()) + 1) + each.encode() + b"\x00"
    return struct.pack("<i", len(out) + 5) + out + b"\x00"


def bencode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, str):
        return b"%d:" % len(value.encode()) + value.encode()
    return b"d" + b"".join(bencode(name) + bencode(value[name]) for name in sorted(value)) + b"e"


def database(text, key):
    """As an upload of an analytics queue; serialize() came with Python 3.11."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA page_size = 512")
    connection.execute('CREATE TABLE events (_id INTEGER PRIMARY KEY, os TEXT, "%s" TEXT, n INTEGER)' % key)
    connection.execute("INSERT INTO events VALUES (NULL, 'android', ?, 17)", [text])
    return connection.serialize()


def unpadded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def jwt(claims):
    return ".".join(unpadded(part) for part in (b'{"alg":"HS256","typ":"JWT"}', claims, bytes(range(32))))


def jwt_deflated(claims):
    packer = zlib.compressobj(wbits=-15)
    return ".".join(unpadded(part) for part in (b'{"alg":"HS256","zip":"DEF"}', packer.compress(claims) + packer.flush(), bytes(range(32))))


def archived(data):
    """What NSKeyedArchiver makes of a dictionary, and `plutil -convert xml1` of that: references as dictionaries of one number."""
    uid = lambda number: {"CF$UID": number}
    names, values = list(data), list(data.values())
    first = 2 + len(names)
    root = {"NS.keys": [uid(2 + index) for index in range(len(names))], "NS.objects": [uid(first + index) for index in range(len(values))], "$class": uid(first + len(values))}
    objects = ["$null", root, *names, *values, {"$classname": "NSDictionary", "$classes": ["NSDictionary", "NSObject"]}]
    return plistlib.dumps({"$archiver": "NSKeyedArchiver", "$objects": objects, "$top": {"root": uid(1)}, "$version": 100000})


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "report of the app")
        archive.writestr(name, data)
    return out.getvalue()


def multipart(*parts):
    return b"".join(b"--xx\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n" for head, data in parts) + b"--xx--\r\n"


def compressed_by(command, data):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout if shutil.which(command[0]) else None


def plain(text, key):
    quoted = urllib.parse.quote(text, safe="")
    yield "query", BASE + "?os=android&%s=%s" % (key, quoted), [], b""
    yield "path", BASE + "/%s/x" % quoted, [], b""
    yield "form", BASE, [FORM], urllib.parse.urlencode({"os": "android", key: text}).encode()
    if "\n" not in text:
        yield "header", BASE, [["x-" + key.replace("_", "-"), latin(text)]], b""
        yield "cookie", BASE, [["cookie", "a=1; %s=%s" % (key, quoted)]], b""
    yield "text", BASE, [["content-type", "text/plain"]], ("report %s end" % text).encode()


def listed(text, key):
    """Pairs and rows as logs and exports hold them."""
    kind = [["content-type", "text/plain"]]
    yield "record", BASE, kind, ("event=open\x02os=android\x02%s=%s\x01event=close\x02n=17" % (key, text)).encode()
    if "\n" in text:
        return
    if "|" not in text:
        yield "list", BASE, kind, ("os:android|%s:%s|n:17|v:2" % (key, text)).encode()
    yield "lines", BASE, kind, ("os\tandroid\n%s\t%s\nn\t17\n" % (key, text)).encode()
    rows = io.StringIO()
    csv.writer(rows).writerows([["os", key, "n"], ["android", text, 17]])
    yield "csv", BASE, [["content-type", "text/csv"]], rows.getvalue().encode()


def nested(text, key):
    """A document in a place that holds one text."""
    document = json.dumps({"os": "android", key: text}, ensure_ascii=False)
    quoted = urllib.parse.quote(document, safe="")
    yield "form-nested", BASE, [FORM], urllib.parse.urlencode({"device[os]": "android", "device[ids][%s]" % key: text}).encode()
    yield "query-json", BASE + "?v=2&data=" + quoted, [], b""
    yield "form-json", BASE, [FORM], urllib.parse.urlencode({"v": "2", "data": document}).encode()
    yield "cookie-json", BASE, [["cookie", "a=1; info=" + quoted]], b""
    yield "header-json", BASE, [["x-device-info", latin(document)]], b""
    yield "jwt", BASE, [["authorization", "Bearer " + jwt(document.encode())]], b""
    yield "jwt-in-text", BASE, [["x-session", "wxapp:10:" + jwt(document.encode()) + "***APP"]], b""
    yield "signed", BASE, [["cookie", "session=" + unpadded(document.encode()) + ".ZxAbCd." + unpadded(bytes(range(20)))]], b""
    yield "signed-hex", BASE, [["cookie", "session=" + base64.b64encode(document.encode()).decode() + "--" + bytes(range(20)).hex()]], b""
    yield "data-url", BASE, [JSON], json.dumps({"file": "data:application/json;base64," + base64.b64encode(document.encode()).decode()}).encode()
    literal = json.dumps(text, ensure_ascii=False)
    yield "graphql", BASE, [JSON], json.dumps({"query": "mutation { report(input: {os: ANDROID, %s: %s}) { ok } }" % (key, literal)}).encode()


def documents(text, key):
    data = {"event": "open", "device": {"os": "android", key: text}, "list": [1, 2]}
    document = json.dumps(data, ensure_ascii=False).encode()
    yield "json", BASE, [JSON], document
    yield "json-gzip", BASE, [JSON, ["content-encoding", "gzip"]], gzip.compress(document)
    yield "json-deflate", BASE, [JSON, ["content-encoding", "deflate"]], zlib.compress(document)
    yield "json-gzip-twice", BASE, [JSON, ["content-encoding", "gzip, gzip"]], gzip.compress(gzip.compress(document))
    for coding, command in (("br", ["brotli", "-c"]), ("zstd", ["zstd", "-q", "-c"])):
        packed = compressed_by(command, document)
        if packed is not None:
            yield "json-" + coding, BASE, [JSON, ["content-encoding", coding]], packed
    yield "gzip-unsaid", BASE, [OCTETS], gzip.compress(document)
    yield "json-utf16", BASE, [["content-type", "application/json; charset=utf-16"]], document.decode().encode("utf-16")
    yield "json-utf32", BASE, [["content-type", "application/json; charset=utf-32le"]], document.decode().encode("utf-32-le")
    yield "json-utf16-unsaid", BASE, [OCTETS], document.decode().encode("utf-16-be")
    yield "json-utf32-unsaid", BASE, [OCTETS], document.decode().encode("utf-32-be")
    yield "json-gb18030", BASE, [["content-type", "application/json; charset=gb18030"]], document.decode().encode("gb18030")
    yield "ndjson", BASE, [["content-type", "application/x-ndjson"]], b'{"event":"start","n":1}\n' + document + b'\n{"event":"end","n":3}\n'
    head = 'Content-Disposition: form-data; name="%s"'
    yield "multipart", BASE, [["content-type", "multipart/form-data; boundary=xx"]], multipart((head % key, text.encode()))
    yield "multipart-file", BASE, [["content-type", "multipart/form-data; boundary=xx"]], multipart(
        (head % "v", b"2"),
        (head % "log" + '; filename="log.gz"\r\nContent-Type: application/gzip', gzip.compress(document)),
    )
    yield "zip", BASE, [["content-type", "application/zip"]], zipped("device.json", document)


def marked_up(text, key):
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    kind = [["content-type", "application/xml"]]
    yield "xml", BASE, kind, (xml + "<r><os>android</os><%s>%s</%s></r>" % (key, escape(text), key)).encode()
    yield "xml-attribute", BASE, kind, (xml + "<r><device os='android' %s=%s/></r>" % (key, quoteattr(text))).encode()
    yield "plist", BASE, [["content-type", "application/x-plist"]], plistlib.dumps({"os": "ios", key: text})
    yield "plist-archive", BASE, [["content-type", "application/x-plist"]], archived({"os": "ios", key: text})


def binary(text, key):
    data = {"os": "android", key: text, "n": 17}
    inner = field(1, b"android") + field(2, text.encode()) + varint(3 << 3) + varint(17)
    message = field(1, b"demo-app") + field(4, inner) + varint(5 << 3) + varint(1748503543012)
    frame = b"\x00" + struct.pack(">I", len(message)) + message
    yield "protobuf", BASE, [["content-type", "application/x-protobuf"]], message
    yield "grpc", BASE, [["content-type", "application/grpc"]], frame
    yield "grpc-web-text", BASE, [["content-type", "application/grpc-web-text"]], base64.b64encode(frame)
    yield "msgpack", BASE, [["content-type", "application/msgpack"]], msgpack(data)
    yield "cbor", BASE, [["content-type", "application/cbor"]], cbor(data)
    yield "tars", BASE, [OCTETS], tars(0, "demo-app") + tars_head(1, 10) + tars(0, "android") + tars(1, text) + tars(2, 1748503543012) + tars_head(0, 11)
    yield "tars-call", BASE, [["content-type", "application/multipart-formdata"]], tars_call({"os": "android", key: text, "n": 17})
    device = thrift_text(1, b"android") + thrift_text(2, text.encode()) + struct.pack(">Bhi", 8, 5, 17) + b"\x00"
    yield "thrift", BASE, [OCTETS], struct.pack(">Bhq", 10, 1, 1748503543012) + struct.pack(">Bh", 12, 3) + device + thrift_text(4, b"demo-app") + b"\x00"
    compact = thrift_compact_text(1, b"android") + thrift_compact_text(1, text.encode()) + bytes([0x35, 34, 0])
    packet = b"\x82\x21\x07\x06report\x1c" + compact + b"\x00"
    yield "thrift-call", BASE, [["content-type", "application/x-thrift"]], struct.pack(">I", len(packet)) + packet
    yield "bson", BASE, [OCTETS], bson({"v": 1, "device": data})
    yield "bplist", BASE, [OCTETS], plistlib.dumps({"os": "ios", key: text}, fmt=plistlib.FMT_BINARY)
    yield "pickle", BASE, [OCTETS], pickle.dumps({"v": 1, "device": data}, 4)
    yield "bencode", BASE, [OCTETS], bencode({"v": 1, "device": data})
    if hasattr(sqlite3.Connection, "serialize"):
        yield "sqlite", BASE, [OCTETS], database(text, key)


def containers(text, key):
    for group in (plain, listed, documents, marked_up, nested, binary):
        yield from group(text, key)


def binary_containers(data):
    yield "protobuf-bytes", BASE, [["content-type", "application/x-protobuf"]], field(1, b"demo-app") + field(4, data) + varint(5 << 3) + varint(1)
    yield "octets", BASE, [OCTETS], b"\x01\x00\x02HDR" + data + b"\x00\xff\x10end\x00"
    yield "json-base64", BASE, [JSON], json.dumps({"blob": base64.b64encode(b"\x02\x00" + data + b"\x00\x01\x7f").decode()}).encode()
