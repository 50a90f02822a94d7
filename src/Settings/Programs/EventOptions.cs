using Otp.Events;

namespace Otp.Programs;

/// <summary>Where a program is told what happens to its targets: configuration section <c>Otp:Programs:{id}:Events</c>.</summary>
public sealed class EventOptions
{
    /// <summary>Where events are posted: <c>https</c>, except on this machine and in the Development environment; null for nowhere.</summary>
    public string? Url { get; set; }

    /// <summary>The signing secrets, <c>whsec_</c> and base64 of 24–64 bytes (Standard Webhooks); each signs, so that one can replace another.</summary>
    public List<string> Secrets { get; set; } = [];

    /// <summary>Whether events hold the address; otherwise they hold its keyed hash alone.</summary>
    public bool IncludeTarget { get; set; }

    /// <summary>Which events; null for all.</summary>
    public List<EventType>? Types { get; set; }

    public bool Tells(EventType type) => Types?.Contains(type) ?? true;
}
