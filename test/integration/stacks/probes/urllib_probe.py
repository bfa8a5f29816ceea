"""GET and POST over http, then over https, through a proxy: prints one answer a line."""
import ssl
import sys
import urllib.request

proxy, ca, http, https, body = sys.argv[1:]
opener = urllib.request.build_opener(
    urllib.request.ProxyHandler({"http": proxy, "https": proxy}),
    urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca)),
)
for base in (http, https):
    for data in (None, body.encode()):
        print(opener.open(base + "/x", data=data, timeout=10).read().decode())
