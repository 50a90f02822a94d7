using System.Globalization;

namespace Otp.Cluster.Telemetry;

/// <summary>Reads what tests look at in OTLP's requests (opentelemetry-proto 1.x; the field numbers are its).</summary>
internal static class OtlpMessages
{
    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<ReceivedSpan> Spans(byte[] request)
    {
        var spans = new List<ReceivedSpan>();
        ForEachScope(request, (service, scope) =>
        {
            var source = string.Empty;
            var reader = new ProtobufReader(scope);
            while (reader.Read())
            {
                if (reader.Field == 1)
                {
                    source = NameOf(reader.Bytes);
                }
                else if (reader.Field == 2)
                {
                    spans.Add(Span(reader.Bytes, service, source));
                }
            }
        });
        return spans;
    }

    /// <summary>The names of the metrics of an ExportMetricsServiceRequest, each after its process's: <c>service name</c>.</summary>
    public static IEnumerable<string> Metrics(byte[] request)
    {
        var metrics = new List<string>();
        ForEachScope(request, (service, scope) =>
        {
            var reader = new ProtobufReader(scope);
            while (reader.Read())
            {
                if (reader.Field == 2)
                {
                    metrics.Add($"{service} {NameOf(reader.Bytes)}");
                }
            }
        });
        return metrics;
    }

    private delegate void ScopeAction(string service, ReadOnlySpan<byte> scope);

    private static void ForEachScope(byte[] request, ScopeAction action)
    {
        var reader = new ProtobufReader(request);
        while (reader.Read())
        {
            var service = string.Empty;
            var resource = new ProtobufReader(reader.Bytes);
            while (resource.Read())
            {
                if (resource.Field == 1)
                {
                    service = Attributes(resource.Bytes, 1)["service.name"];
                }
                else if (resource.Field == 2)
                {
                    action(service, resource.Bytes);
                }
            }
        }
    }

    private static ReceivedSpan Span(ReadOnlySpan<byte> span, string service, string source)
    {
        var (trace, id, parent, name, kind) = (string.Empty, string.Empty, string.Empty, string.Empty, 0);
        var reader = new ProtobufReader(span);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    trace = reader.Hex;
                    break;
                case 2:
                    id = reader.Hex;
                    break;
                case 4:
                    parent = reader.Hex;
                    break;
                case 5:
                    name = reader.Text;
                    break;
                case 6:
                    kind = (int)reader.Number;
                    break;
            }
        }

        return new ReceivedSpan(service, source, name, kind, trace, id, parent, Attributes(span, 9));
    }

    private static string NameOf(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        return reader.Read() && reader.Field == 1 ? reader.Text : string.Empty;
    }

    private static Dictionary<string, string> Attributes(ReadOnlySpan<byte> message, int field)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == field)
            {
                var (key, value) = (string.Empty, string.Empty);
                var pair = new ProtobufReader(reader.Bytes);
                while (pair.Read())
                {
                    if (pair.Field == 1)
                    {
                        key = pair.Text;
                    }
                    else
                    {
                        var any = new ProtobufReader(pair.Bytes);
                        value = !any.Read() ? string.Empty : any.Field == 1 ? any.Text : any.Number.ToString(CultureInfo.InvariantCulture);
                    }
                }

                attributes[key] = value;
            }
        }

        return attributes;
    }
}
