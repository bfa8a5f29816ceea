"""Makes the cells of the detection matrix with Python's own encoders, so that no cell is written by the code that is to read it.

Reads {"values": [{"type", "value", "forms": {name: text}}]} on standard input (the forms there come from openssl and coreutils),
writes one JSON object a line: {type, form, container, depth, url, headers, body}, the body as base64.
"""

import base64
import gzip
import hashlib
import html
import json
import re
import struct
import sys
import urllib.parse
import uuid
import zlib

from matrix_containers import BASE, binary_containers, compressed_by, containers, field, jwt_deflated, varint


# Of the persona that the matrix is read with.
SALT = "matrix-salt"


def text_forms(value):
    forms = {
        "plain": value,
        "percent": urllib.parse.quote(value, safe=""),
        "percent-twice": urllib.parse.quote(urllib.parse.quote(value, safe=""), safe=""),
        "base64url": base64.urlsafe_b64encode(value.encode()).decode().rstrip("="),
        "base64-inside": base64.b64encode(("k=" + value + ";v=2").encode()).decode(),
        "base64-twice": base64.b64encode(base64.b64encode(value.encode())).decode(),
        "hex-upper": value.encode().hex().upper(),
        "utf16le-base64": base64.b64encode(value.encode("utf-16-le")).decode(),
        "unicode-escape": "".join("\\u%04x" % unit for unit in struct.unpack("<%dH" % (len(value.encode("utf-16-le")) // 2), value.encode("utf-16-le"))),
        "reversed": value[::-1],
        "upper": value.upper(),
        "html-entity": "".join("&#%d;" % ord(c) if ord(c) > 127 or c in "@:+" else html.escape(c) for c in value),
        "gzip-base64": base64.b64encode(gzip.compress(value.encode())).decode(),
        "gzip-hex": gzip.compress(value.encode()).hex(),
        "deflate-base64": base64.b64encode(zlib.compress(value.encode())).decode(),
        "base64-lines": base64.encodebytes(json.dumps({"v": 2, "pad": "x" * 60, "k": value}, ensure_ascii=False).encode()).decode(),
        "byte-list": json.dumps(list(value.encode())),
        "byte-list-signed": ",".join(str(byte - 256 if byte > 127 else byte) for byte in value.encode()),
        "utf16be-hex": value.encode("utf-16-be").hex(),
        "escape": "".join(c if c.isascii() and (c.isalnum() or c in "@*_+-./") else "%%u%04X" % ord(c) if ord(c) > 255 else "%%%02X" % ord(c) for c in value),
        "references": "".join("&#x%x;" % ord(c) for c in value),
        "json-string": json.dumps(json.dumps({"k": value})),
        "hex-0x": "0x" + value.encode().hex(),
        "hex-colons": value.encode().hex(":"),
        "hex-dashes": value.encode().hex("-").upper(),
        "hex-blanks": value.encode().hex(" "),
        "hex-array": ", ".join("0x%02x" % byte for byte in json.dumps({"k": value}).encode()),
        "bytes-escape": "".join("\\x%02x" % byte for byte in value.encode()),
        "utf32-base64": base64.b64encode(value.encode("utf-32")).decode(),
        "jwt-deflated": jwt_deflated(json.dumps({"k": value}, ensure_ascii=False).encode()),
    }
    packed = compressed_by(["brotli", "-c"], json.dumps({"v": 2, "k": value}, ensure_ascii=False).encode())
    if packed is not None:
        forms["brotli-base64"] = base64.b64encode(packed).decode()
    for separator in ":_-|&#,.":
        forms["md5-salt-" + separator] = hashlib.md5((value + separator + SALT).encode()).hexdigest()
        forms["sha256-salt-" + separator] = hashlib.sha256((SALT + separator + value).encode()).hexdigest()
    if any(ord(c) > 127 for c in value):
        gbk = value.encode("gbk")
        forms["gbk-percent"] = urllib.parse.quote_from_bytes(gbk, safe="")
        forms["gbk-base64"] = base64.b64encode(gbk).decode()
    return forms


def special_forms(kind, value):
    bare = "".join(c for c in value if c not in " -:")
    if kind.endswith("phone") or kind == "phone_number":
        return {
            "country-code": "+86" + value,
            "country-code-00": "0086" + value,
            "fullwidth": "".join(chr(ord(c) + 0xFEE0) for c in value),
            "e164-sha256": hashlib.sha256(("+86" + value).encode()).hexdigest(),
            "3-4-4": value[:3] + "-" + value[3:7] + "-" + value[7:],
            "masked": value[:3] + "****" + value[7:],
            "double": repr(float(value)).replace("e+", "E"),
        }
    if kind == "imei":
        return {"without-check-digit": value[:14], "imeisv": value[:14] + "01", "hyphens": "%s-%s-%s-%s" % (value[:2], value[2:8], value[8:14], value[14]), "groups": " ".join((value[:2], value[2:8], value[8:14], value[14]))}
    if kind in ("mac_address", "bssid", "bluetooth_mac"):
        return {"bare": bare, "dashes": value.replace(":", "-").upper(), "dots": "%s.%s.%s" % (bare[:4], bare[4:8], bare[8:]), "integer": str(int(bare, 16)), "octets": str(list(bytes.fromhex(bare)))}
    if kind in ("oaid", "gaid", "idfa", "idfv", "device_uuid", "vaid_aaid"):
        return {"bare": uuid.UUID(value).hex, "braces": "{%s}" % str(uuid.UUID(value)).upper()}
    if kind == "bank_card_number":
        return {"groups": " ".join(value[i : i + 4] for i in range(0, len(value), 4)), "masked": value[:6] + "*********" + value[-4:]}
    if kind == "id_number":
        return {"lower-x": value.lower(), "groups": value[:6] + " " + value[6:14] + " " + value[14:], "masked": value[:6] + "********" + value[-4:]}
    if kind in ("real_name", "contact_name") and len(value) < 5:
        return {"gaps": " ".join(value), "wide-gaps": "\u3000".join(value)}
    if kind == "license_plate":
        return {"dot": value[:2] + "\u00b7" + value[2:]}
    if kind == "birth_date":
        return {"compact": bare, "slashes": value.replace("-", "/")}
    if kind == "location_precise":
        lat, lng = value.split(",")
        return {"lng-lat": lng + "," + lat, "four-decimals": "%.4f,%.4f" % (float(lat), float(lng))}
    return {}


def binary_forms(kind, value):
    bare = "".join(c for c in value if c not in " -:")
    forms = {"xor": bytes(byte ^ 0xA5 for byte in json.dumps({"a": 1, kind: value}, ensure_ascii=False).encode())}
    if kind in ("mac_address", "bssid", "bluetooth_mac", "android_id", "meid", "caid") and len(bare) % 2 == 0:
        forms["raw-bytes"] = bytes.fromhex(bare)
    if kind in ("oaid", "gaid", "idfa", "idfv", "device_uuid", "vaid_aaid"):
        forms["raw-bytes"] = uuid.UUID(value).bytes
        forms["guid-bytes"] = uuid.UUID(value).bytes_le
    if kind in ("imei", "imsi", "iccid", "bank_card_number") or kind.endswith("phone") or kind == "phone_number":
        padded = bare if len(bare) % 2 == 0 else "0" + bare
        forms["bcd"] = bytes.fromhex(padded)
        filled = bare if len(bare) % 2 == 0 else bare + "f"
        forms["bcd-swapped"] = bytes(int(filled[i + 1] + filled[i], 16) for i in range(0, len(filled), 2))
    if bare.isdigit() and len(bare) >= 10 and bare[0] != "0" and int(bare) < 2**63 and not kind.startswith("birth"):
        forms["uint64"] = struct.pack(">Q", int(bare))
        forms["uint64-le"] = struct.pack("<Q", int(bare))
    return forms


def wrap(text, key, depth):
    """Depth 0 is the text itself; each further depth adds the layers that SDKs are known to add."""
    if depth == 0:
        return text
    inner = json.dumps({"v": 3, key: text}, ensure_ascii=False)
    if depth == 1:
        return inner
    if depth == 2:
        return base64.b64encode(inner.encode()).decode()
    if depth == 3:
        return base64.b64encode(gzip.compress(json.dumps({"app": "demo", "ext": inner}).encode())).decode()
    packed = json.dumps({"t": 1, "d": base64.b64encode(gzip.compress(inner.encode())).decode()})
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def emit(kind, form, container, depth, url, headers, body):
    cell = {"type": kind, "form": form, "container": container, "depth": depth, "url": url, "headers": headers, "body": base64.b64encode(body).decode()}
    sys.stdout.write(json.dumps(cell) + "\n")


def main():
    for item in json.load(sys.stdin)["values"]:
        kind, value = item["type"], item["value"]
        forms = {**text_forms(value), **special_forms(kind, value), **item["forms"]}
        for form, text in forms.items():
            for depth in range(5):
                for cell in containers(wrap(text, kind, depth), kind if depth == 0 else "data"):
                    emit(kind, form, cell[0], depth, *cell[1:])
        for form, data in binary_forms(kind, value).items():
            for cell in binary_containers(data):
                emit(kind, form, cell[0], 0, *cell[1:])
        bare = "".join(c for c in value if c not in " -:")
        if bare.isdigit() and len(bare) >= 10 and int(bare) < 2**63 and kind != "birth_date":
            emit(kind, "varint", "protobuf", 0, BASE, [["content-type", "application/x-protobuf"]], field(1, b"demo-app") + varint(2 << 3) + varint(int(bare)))
            kinds = [["content-type", "application/x-protobuf"]]
            emit(kind, "zigzag-varint", "protobuf", 0, BASE, kinds, field(1, b"demo-app") + varint(2 << 3) + varint(int(bare) * 2))
            emit(kind, "packed-varints", "protobuf", 0, BASE, kinds, field(1, b"demo-app") + field(2, varint(7) + varint(int(bare)) + varint(300)))
            emit(kind, "packed-zigzag", "protobuf", 0, BASE, kinds, field(1, b"demo-app") + field(2, varint(300) + varint(int(bare) * 2) + varint(5)))
            if re.search("[a-f]", "%x" % int(bare)):
                for form, text in {"number-hex": "%x" % int(bare), "number-0x": "%#x" % int(bare)}.items():
                    emit(kind, form, "json", 0, BASE, [["content-type", "application/json"]], json.dumps({"n": text}).encode())
        if kind == "location_precise":
            lat, lng = (float(part) for part in value.split(","))
            for form, pair in {"numbers": (lat, lng), "e6": (round(lat * 1e6), round(lng * 1e6))}.items():
                body = json.dumps({"loc": {"lat": pair[0], "lng": pair[1]}}).encode()
                emit(kind, form, "json", 0, BASE, [["content-type", "application/json"]], body)
                emit(kind, form, "query", 0, BASE + "?lat=%s&lon=%s" % pair, [], b"")


main()
