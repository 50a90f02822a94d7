namespace Otp.Cluster.Processes;

/// <summary>What has passed through proxies, each direction of each connection by itself.</summary>
internal sealed class TrafficRecord
{
    private readonly List<OneWay> _ways = [];

    /// <summary>Begins the record of one direction of a connection.</summary>
    public OneWay Begin()
    {
        var way = new OneWay();
        lock (_ways)
        {
            _ways.Add(way);
        }

        return way;
    }

    /// <summary>Everything so far.</summary>
    public List<byte[]> Read()
    {
        lock (_ways)
        {
            return [.. _ways.Select(way => way.Read())];
        }
    }

    /// <summary>One direction of one connection.</summary>
    internal sealed class OneWay
    {
        private readonly List<byte> _bytes = [];

        public void Write(ReadOnlySpan<byte> bytes)
        {
            lock (_bytes)
            {
                _bytes.AddRange(bytes);
            }
        }

        public byte[] Read()
        {
            lock (_bytes)
            {
                return [.. _bytes];
            }
        }
    }
}
