# Ruby's faye-websocket, which sends no fragments.
require 'eventmachine'
require 'faye/websocket'

$stdout.sync = true

class Orders < EventMachine::Connection
  include EventMachine::Protocols::LineText2

  def initialize(ws)
    super
    @ws = ws
  end

  def receive_line(line)
    verb, words = line.force_encoding('UTF-8').split(' ', 2)
    case verb
    when 'text' then @ws.send(words)
    when 'binary' then @ws.send(words.bytes)
    when 'ping' then @ws.ping(words) { puts "pong #{words}" }
    when 'close'
      code, reason = words.split(' ', 2)
      @ws.close(code.to_i, reason)
    end
  end
end

EventMachine.run do
  url, protocol = ARGV
  ws = Faye::WebSocket::Client.new(url, [protocol])
  ws.on(:open) do
    puts "open #{ws.protocol}"
    EventMachine.attach($stdin, Orders, ws)
  end
  ws.on(:message) do |event|
    data = event.data
    puts data.is_a?(String) ? "text #{data}" : "binary #{data.pack('C*').force_encoding('UTF-8')}"
  end
  ws.on(:close) do |event|
    puts "closed #{event.code} #{event.reason}"
    EventMachine.stop
  end
end
