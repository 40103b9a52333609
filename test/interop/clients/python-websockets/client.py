# Python's websockets, with its defaults except for the size of a message: 1 MiB is one byte less than a host may get.
import asyncio
import sys

import websockets


def say(*words):
    print(*words, flush=True)


async def obey(ws, verb, words):
    if verb == "text":
        await ws.send(words)
    elif verb == "binary":
        await ws.send(words.encode())
    elif verb == "fragments":
        await ws.send(fragments(ws, words.split("\t")))
    elif verb == "ping":
        await (await ws.ping(words.encode()))
        say("pong", words)
    elif verb == "close":
        code, _, reason = words.partition(" ")
        await ws.close(int(code), reason)


async def fragments(ws, parts):
    for part in parts:
        yield part
        await ws.ping()


async def listen(ws):
    try:
        while True:
            message = await ws.recv()
            say("text", message) if isinstance(message, str) else say("binary", message.decode())
    except websockets.ConnectionClosed:
        say("closed", ws.close_code, ws.close_reason)


async def commands(ws):
    lines = asyncio.StreamReader(limit=2**23)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    async for line in lines:
        verb, _, words = line.decode().rstrip("\n").partition(" ")
        await obey(ws, verb, words)


async def main(url, protocol):
    ws = await websockets.connect(url, subprotocols=[protocol], max_size=None)
    say("open", ws.subprotocol)
    await asyncio.gather(listen(ws), commands(ws))


asyncio.run(main(*sys.argv[1:]))
