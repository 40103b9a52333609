# Python's aiohttp, which sends no fragments and keeps pongs to itself.
import asyncio
import sys

import aiohttp
from aiohttp import WSMsgType


def say(*words):
    print(*words, flush=True)


async def commands(ws):
    lines = asyncio.StreamReader(limit=2**23)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    async for line in lines:
        verb, _, words = line.decode().rstrip("\n").partition(" ")
        if verb == "text":
            await ws.send_str(words)
        elif verb == "binary":
            await ws.send_bytes(words.encode())
        elif verb == "close":
            code, _, reason = words.partition(" ")
            await ws.close(code=int(code), message=reason.encode())
            say("closed", ws.close_code)


async def main(url, protocol):
    async with aiohttp.ClientSession() as session:
        ws = await session.ws_connect(url, protocols=[protocol])
        say("open", ws.protocol)
        obeying = asyncio.create_task(commands(ws))
        while True:
            message = await ws.receive()
            if message.type == WSMsgType.TEXT:
                say("text", message.data)
            elif message.type == WSMsgType.BINARY:
                say("binary", message.data.decode())
            elif message.type == WSMsgType.CLOSING:
                break
            else:
                say("closed", ws.close_code, message.extra or "")
                obeying.cancel()
                break
        await asyncio.wait([obeying])


asyncio.run(main(*sys.argv[1:]))
