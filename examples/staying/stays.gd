# Godot 3: the screen of a party, which keeps its code and its phones. "Staying" in PROTOCOL.md explains it.
extends Node

signal began # greet all phones: a "connect" comes for each
signal heard(message) # a notice, or what a phone has sent
signal relay_said(words) # {"$relay":"away","client_id":"467"}, "back", "error"
signal ended(reason)

const FINAL = ["bad-login", "not-authorized", "code-taken", "replaced"]
var key = Crypto.new().generate_random_bytes(16).hex_encode() # in a file it survives a crash of the game
var url; var code; var stream; var client
var formers = [] # not closed before the next welcome: to close is to leave
var kept = [] # what was sent in the stream, behind the first `forgotten` messages
var forgotten = 0; var got = 0; var welcome = false; var reason = ""

# Opens another connection. Call it first, and when this one is in doubt.
func open():
	if client: formers.append(client)
	welcome = false
	client = WebSocketClient.new()
	client.set_buffers(1024, 4096, 1024, 4096) # what does not fit is dropped, and the count is wrong
	client.connect("connection_established", self, "log_in")
	client.connect("data_received", self, "receive")
	client.connect("server_close_request", self, "closing")
	client.connect("connection_closed", self, "lost")
	client.connect("connection_error", self, "lost")
	if client.connect_to_url(url) != OK: lost()

func _process(_delta): if client: client.poll()

func log_in(_protocol):
	var asked = {"key": key, "grace": 30, "hold": 60, "players": "keep"}
	if stream:
		asked["stream"] = stream
		asked["got"] = got
	write({"action": "login_server", "server_code": code, "$relay": asked})

func write(message):
	client.get_peer(1).set_write_mode(WebSocketPeer.WRITE_MODE_TEXT)
	client.get_peer(1).put_packet(JSON.print(message).to_utf8())

# What is sent before the stream begins, or is still kept when another begins, does not arrive.
func send(message):
	kept.append(message)
	if kept.size() > 256: forget()
	if welcome: write(message)

func receive():
	var text = client.get_peer(1).get_packet().get_string_from_utf8()
	var message = JSON.parse(text).result
	var is_of_relay = not client.get_peer(1).was_string_packet() # phones' messages come as text
	if is_of_relay and message["$relay"] == "welcome": return go_on(message)
	got += 1
	emit_signal("relay_said" if is_of_relay else "heard", message)

func go_on(words):
	formers.clear()
	if not words.resumed: begin(words.stream)
	elif words.got < forgotten: # what the relay has not taken is not here any more
		begin(null)
		return open()
	while forgotten < words.got: forget()
	welcome = true
	for message in kept: write(message)
	if not words.resumed: emit_signal("began")

func begin(name):
	stream = name
	got = 0
	kept.clear()
	forgotten = 0

func forget():
	kept.pop_front()
	forgotten += 1

func closing(status, why): if status == 4000: reason = why

func lost(_was_clean = false):
	welcome = false
	if reason in FINAL: return emit_signal("ended", reason)
	yield(get_tree().create_timer(1.0), "timeout")
	open()
