# Python's aiohttp. It sends no fragments, keeps pongs to itself, and does not wait for the answer to its close.
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


async def listen(ws):
    message = await ws.receive()
    while message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
        if message.type == WSMsgType.TEXT:
            say("text", message.data)
        else:
            say("binary", message.data.decode())
        message = await ws.receive()
    # Of a close of its own the order speaks.
    if message.type != WSMsgType.CLOSING:
        say("closed", ws.close_code, message.extra or "")


async def main(url, protocol):
    async with aiohttp.ClientSession() as session:
        ws = await session.ws_connect(url, protocols=[protocol])
        say("open", ws.protocol)
        await asyncio.gather(listen(ws), commands(ws))


asyncio.run(main(*sys.argv[1:]))
