# Python's websocket-client: one thread, blocking calls.
import os
import select
import struct
import sys

import websocket
from websocket import ABNF

NAMES = {ABNF.OPCODE_TEXT: "text", ABNF.OPCODE_BINARY: "binary", ABNF.OPCODE_PONG: "pong"}


def say(*words):
    print(*words, flush=True)


def closed(data):
    say("closed", *struct.unpack("!H", data[:2]) if data else "-", data[2:].decode())
    sys.exit()


def obey(ws, verb, words):
    if verb == "text":
        ws.send(words)
    elif verb == "binary":
        ws.send_binary(words.encode())
    elif verb == "fragments":
        parts = words.split("\t")
        for i, part in enumerate(parts):
            opcode = ABNF.OPCODE_CONT if i else ABNF.OPCODE_TEXT
            ws.send_frame(ABNF.create_frame(part, opcode, fin=int(i == len(parts) - 1)))
            ws.ping("between")
    elif verb == "ping":
        ws.ping(words)
    elif verb == "close":
        code, _, reason = words.partition(" ")
        ws.send_close(int(code), reason.encode())
        frame = ws.recv_frame()
        while frame.opcode != ABNF.OPCODE_CLOSE:
            frame = ws.recv_frame()
        closed(frame.data)


def listen(ws):
    opcode, frame = ws.recv_data_frame(True)
    if opcode == ABNF.OPCODE_CLOSE:
        closed(frame.data)
    if opcode in NAMES:
        data = frame.data
        say(NAMES[opcode], data.decode() if isinstance(data, bytes) else data)


def main(url, protocol):
    ws = websocket.create_connection(url, subprotocols=[protocol])
    say("open", ws.getsubprotocol())
    unread = b""
    while True:
        ready, _, _ = select.select([0, ws.sock], [], [])
        if 0 in ready:
            *lines, unread = (unread + os.read(0, 2**16)).split(b"\n")
            for line in lines:
                verb, _, words = line.decode().partition(" ")
                obey(ws, verb, words)
        if ws.sock in ready:
            listen(ws)


main(*sys.argv[1:])
