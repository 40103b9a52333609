// Mono's ClientWebSocket, as games on Unity have it. It has no ping.
using System;
using System.IO;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

static class Client
{
    static readonly CancellationToken None = CancellationToken.None;
    static readonly ClientWebSocket Ws = new ClientWebSocket();
    static readonly TextWriter Out = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };

    static async Task Listen()
    {
        var buffer = new ArraySegment<byte>(new byte[65536]);
        for (;;)
        {
            var message = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                part = await Ws.ReceiveAsync(buffer, None);
                message.Write(buffer.Array, 0, part.Count);
            } while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) break;
            var kind = part.MessageType == WebSocketMessageType.Text ? "text " : "binary ";
            Out.WriteLine(kind + Encoding.UTF8.GetString(message.ToArray()));
        }
        if (Ws.State == WebSocketState.CloseReceived)
            await Ws.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", None);
        Out.WriteLine("closed " + (int)Ws.CloseStatus + " " + Ws.CloseStatusDescription);
        Environment.Exit(0);
    }

    static Task Send(string text, WebSocketMessageType type, bool isLast)
    {
        return Ws.SendAsync(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), type, isLast, None);
    }

    static async Task Obey(string verb, string words)
    {
        if (verb == "text") await Send(words, WebSocketMessageType.Text, true);
        if (verb == "binary") await Send(words, WebSocketMessageType.Binary, true);
        if (verb == "fragments")
        {
            var parts = words.Split('\t');
            for (var i = 0; i < parts.Length; i++)
                await Send(parts[i], WebSocketMessageType.Text, i == parts.Length - 1);
        }
        if (verb == "close")
        {
            var close = words.Split(new[] { ' ' }, 2);
            await Ws.CloseOutputAsync((WebSocketCloseStatus)int.Parse(close[0]), close[1], None);
        }
    }

    static async Task Run(string url, string protocol)
    {
        Ws.Options.AddSubProtocol(protocol);
        await Ws.ConnectAsync(new Uri(url), None);
        Out.WriteLine("open " + Ws.SubProtocol);
        var listening = Task.Run(Listen);
        var lines = new StreamReader(Console.OpenStandardInput());
        for (var line = lines.ReadLine(); line != null; line = lines.ReadLine())
        {
            var order = line.Split(new[] { ' ' }, 2);
            await Obey(order[0], order[1]);
        }
        await listening;
    }

    static void Main(string[] args)
    {
        Run(args[0], args[1]).GetAwaiter().GetResult();
    }
}
