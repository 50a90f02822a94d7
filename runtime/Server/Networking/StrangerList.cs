using System.Net.Sockets;

namespace Orleans.Runtime;

/// <summary>Connections that have proved nothing yet. There are only so many: the oldest goes when one more comes.</summary>
internal sealed class StrangerList
{
    private const int Capacity = 512;

    private readonly LinkedList<Socket> _sockets = new();

    internal LinkedListNode<Socket> Add(Socket socket)
    {
        lock (_sockets)
        {
            if (_sockets.Count == Capacity)
            {
                _sockets.First!.Value.Dispose();
                _sockets.RemoveFirst();
            }

            return _sockets.AddLast(socket);
        }
    }

    internal void Remove(LinkedListNode<Socket> stranger)
    {
        lock (_sockets)
        {
            if (stranger.List is not null)
            {
                _sockets.Remove(stranger);
            }
        }
    }

    internal void Clear()
    {
        lock (_sockets)
        {
            foreach (var socket in _sockets)
            {
                socket.Dispose();
            }

            _sockets.Clear();
        }
    }
}
