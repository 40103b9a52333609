// Go's nhooyr.io/websocket. It chooses the payload of a ping itself, and waits for its pong.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"nhooyr.io/websocket"
)

var ctx = context.Background()

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func listen(ws *websocket.Conn) {
	for {
		kind, data, err := ws.Read(ctx)
		var closed websocket.CloseError
		if errors.As(err, &closed) {
			fmt.Println("closed", int(closed.Code), closed.Reason)
			os.Exit(0)
		}
		must(err)
		fmt.Println(map[websocket.MessageType]string{websocket.MessageText: "text", websocket.MessageBinary: "binary"}[kind], string(data))
	}
}

func obey(ws *websocket.Conn, verb string, words string) {
	switch verb {
	case "text":
		must(ws.Write(ctx, websocket.MessageText, []byte(words)))
	case "binary":
		must(ws.Write(ctx, websocket.MessageBinary, []byte(words)))
	case "fragments":
		writer, err := ws.Writer(ctx, websocket.MessageText)
		must(err)
		for _, part := range strings.Split(words, "\t") {
			_, err := writer.Write([]byte(part))
			must(err)
			must(ws.Ping(ctx))
		}
		must(writer.Close())
	case "ping":
		must(ws.Ping(ctx))
		fmt.Println("pong", words)
	case "close":
		code, reason, _ := strings.Cut(words, " ")
		status, err := strconv.Atoi(code)
		must(err)
		// The reader says how it ended.
		_ = ws.Close(websocket.StatusCode(status), reason)
	}
}

func main() {
	ws, _, err := websocket.Dial(ctx, os.Args[1], &websocket.DialOptions{Subprotocols: []string{os.Args[2]}})
	must(err)
	ws.SetReadLimit(1 << 23)
	fmt.Println("open", ws.Subprotocol())
	go listen(ws)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<23)
	for lines.Scan() {
		verb, words, _ := strings.Cut(lines.Text(), " ")
		obey(ws, verb, words)
	}
	select {}
}
