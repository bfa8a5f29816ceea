"""GET and POST over http, then over https, through a proxy: prints one answer a line."""
import sys

import requests

proxy, ca, http, https, body = sys.argv[1:]
session = requests.Session()
session.trust_env = False
session.verify = ca
session.proxies = {"http": proxy, "https": proxy}
for base in (http, https):
    print(session.get(base + "/x", timeout=10).text)
    print(session.post(base + "/x", data=body.encode(), timeout=10).text)
