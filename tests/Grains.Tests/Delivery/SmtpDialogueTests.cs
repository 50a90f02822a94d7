using System.Text;

namespace Otp.Delivery;

public sealed class SmtpDialogueTests
{
    [Fact]
    public void A_message_is_handed_over_with_the_last_byte_of_its_end_and_not_before()
    {
        using var dialogue = new SmtpDialogue(new Handover());
        Say("DATA\r\n");
        Assert.Equal(SmtpStep.Data, dialogue.Step);

        Say("Subject: s\r\n\r\nRCPT of the first chunk.\r\n");
        Assert.Equal(SmtpStep.Message, dialogue.Step);
        Say("RCPT of the second\r\n.\r");
        Assert.Equal(SmtpStep.Message, dialogue.Step);
        Say("\n");
        Assert.Equal(SmtpStep.WholeMessage, dialogue.Step);

        void Say(string text) => dialogue.LogClient(Encoding.ASCII.GetBytes(text), 0, text.Length);
    }

    [Fact]
    public void A_refusal_is_known_from_the_first_three_bytes_in_whatever_pieces_they_come()
    {
        using var dialogue = new SmtpDialogue(new Handover());
        dialogue.LogServer("4"u8.ToArray(), 0, 1);
        dialogue.LogServer("2"u8.ToArray(), 0, 1);

        var ended = Assert.ThrowsAny<Exception>(() => dialogue.LogServer("1-"u8.ToArray(), 0, 2));

        Assert.Equal(DeliveryFailure.Unavailable, dialogue.FailureOf(ended, isConnected: false));
    }

    [Fact]
    public void A_mailbox_that_nobody_reaches_is_known_by_the_line_in_whatever_pieces_it_comes()
    {
        using var dialogue = new SmtpDialogue(new Handover());
        dialogue.LogClient("RCPT TO:<jane.doe@example.com>\r\n"u8.ToArray(), 0, 32);
        foreach (var piece in new[] { "55", "0", " 5.1", ".1 nobody", " here\r" })
        {
            dialogue.LogServer(Encoding.ASCII.GetBytes(piece), 0, piece.Length);
        }

        var ended = Assert.ThrowsAny<Exception>(() => dialogue.LogServer("\n"u8.ToArray(), 0, 1));

        Assert.Equal(DeliveryFailure.RecipientUnreachable, dialogue.FailureOf(ended, isConnected: true));
    }

    [Fact]
    public void A_message_may_arrive_from_the_moment_on_that_the_server_asks_for_it()
    {
        var handover = new Handover();
        using var dialogue = new SmtpDialogue(handover);
        dialogue.LogClient("DATA\r\n"u8.ToArray(), 0, 6);
        Assert.False(handover.HasBegun);

        dialogue.LogServer("354 go on\r\n"u8.ToArray(), 0, 11);

        Assert.True(handover.HasBegun);
    }
}
