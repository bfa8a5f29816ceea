"""GET and POST over http, then over https, through a proxy: prints one answer a line."""
import asyncio
import ssl
import sys

import aiohttp

proxy, ca, http, https, body = sys.argv[1:]


async def main():
    context = ssl.create_default_context(cafile=ca)
    async with aiohttp.ClientSession() as session:
        for base in (http, https):
            tls = {"ssl": context} if base.startswith("https") else {}
            async with session.get(base + "/x", proxy=proxy, **tls) as answer:
                print(await answer.text())
            async with session.post(base + "/x", data=body.encode(), proxy=proxy, **tls) as answer:
                print(await answer.text())


asyncio.run(main())
