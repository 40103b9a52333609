# Python's Tornado, which sends no fragments.
import asyncio
import sys

from tornado.websocket import websocket_connect


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
            await ws.write_message(words)
        elif verb == "binary":
            await ws.write_message(words.encode(), binary=True)
        elif verb == "ping":
            ws.ping(words.encode())
        elif verb == "close":
            code, _, reason = words.partition(" ")
            ws.close(int(code), reason)


async def listen(ws):
    message = await ws.read_message()
    while message is not None:
        say("text", message) if isinstance(message, str) else say("binary", message.decode())
        message = await ws.read_message()
    say("closed", ws.close_code, ws.close_reason or "")


async def main(url, protocol):
    ws = await websocket_connect(url, subprotocols=[protocol])
    ws.on_pong = lambda data: say("pong", data.decode())
    say("open", ws.selected_subprotocol)
    await asyncio.gather(listen(ws), commands(ws))


asyncio.run(main(*sys.argv[1:]))
