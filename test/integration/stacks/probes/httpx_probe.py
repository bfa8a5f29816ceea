"""GET and POST over http, then over https (HTTP/2), through a proxy: prints one answer a line."""
import ssl
import sys

import httpx

proxy, ca, http, https, body = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
mounts = {scheme: httpx.HTTPTransport(proxy=httpx.Proxy(proxy), verify=context, http2=True) for scheme in ("http://", "https://")}
with httpx.Client(mounts=mounts, trust_env=False, timeout=10) as client:
    for base in (http, https):
        print(client.get(base + "/x").text)
        print(client.post(base + "/x", content=body.encode()).text)
