// Go's gorilla/websocket. It sends a message in fragments of its write buffer, 4 KiB.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func listen(ws *websocket.Conn) {
	for {
		kind, data, err := ws.ReadMessage()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			fmt.Println("closed", closed.Code, closed.Text)
			os.Exit(0)
		}
		must(err)
		fmt.Println(map[int]string{websocket.TextMessage: "text", websocket.BinaryMessage: "binary"}[kind], string(data))
	}
}

func control(ws *websocket.Conn, kind int, data []byte) {
	must(ws.WriteControl(kind, data, time.Now().Add(5*time.Second)))
}

func obey(ws *websocket.Conn, verb string, words string) {
	switch verb {
	case "text":
		must(ws.WriteMessage(websocket.TextMessage, []byte(words)))
	case "binary":
		must(ws.WriteMessage(websocket.BinaryMessage, []byte(words)))
	case "fragments":
		writer, err := ws.NextWriter(websocket.TextMessage)
		must(err)
		for _, part := range strings.Split(words, "\t") {
			_, err := writer.Write([]byte(part))
			must(err)
			control(ws, websocket.PingMessage, []byte("between"))
		}
		must(writer.Close())
	case "ping":
		control(ws, websocket.PingMessage, []byte(words))
	case "close":
		code, reason, _ := strings.Cut(words, " ")
		status, err := strconv.Atoi(code)
		must(err)
		control(ws, websocket.CloseMessage, websocket.FormatCloseMessage(status, reason))
	}
}

func main() {
	dialer := websocket.Dialer{Subprotocols: []string{os.Args[2]}, EnableCompression: true}
	ws, _, err := dialer.Dial(os.Args[1], nil)
	must(err)
	fmt.Println("open", ws.Subprotocol())
	ws.SetPongHandler(func(data string) error {
		fmt.Println("pong", data)
		return nil
	})
	go listen(ws)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<23)
	for lines.Scan() {
		verb, words, _ := strings.Cut(lines.Text(), " ")
		obey(ws, verb, words)
	}
	select {}
}
