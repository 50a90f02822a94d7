using System.Text;

namespace Otp.Delivery;

public sealed class SmtpDialogueTests
{
    [Fact]
    public void A_message_is_handed_over_with_the_last_byte_of_its_end_and_not_before()
    {
        using var dialogue = new SmtpDialogue();
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
        using var dialogue = new SmtpDialogue();
        dialogue.LogServer("4"u8.ToArray(), 0, 1);
        dialogue.LogServer("2"u8.ToArray(), 0, 1);

        var ended = Assert.ThrowsAny<Exception>(() => dialogue.LogServer("1-"u8.ToArray(), 0, 2));

        Assert.Equal(DeliveryFailure.Unavailable, dialogue.FailureOf(ended, isConnected: false));
    }
}
