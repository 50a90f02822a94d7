namespace Otp.Cluster.Load;

/// <summary>A checker that never complains proves nothing: what it must not let through.</summary>
public sealed class TargetModelTests
{
    private readonly TargetModel _model = new(Rules.Hasty);

    [Fact]
    public void Sixth_send_in_a_window_is_to_be_refused()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal((1, 1), _model.ExpectSends(1, At(i)));
            _model.Sent([At(i)], [$"{i}"]);
        }

        Assert.Equal((0, 0), _model.ExpectSends(1, At(5)));
        Assert.Equal((1, 1), _model.ExpectSends(1, At(31)));
    }

    [Fact]
    public void Send_across_the_window_end_may_go_either_way()
    {
        for (var i = 0; i < 5; i++)
        {
            _model.Sent([At(i)], [$"{i}"]);
        }

        Assert.Equal((0, 1), _model.ExpectSends(1, At(29, 31)));
    }

    [Fact]
    public void Racing_sends_share_what_is_left()
    {
        _model.Sent([At(0), At(0), At(0)], ["1", "2", "3"]);

        Assert.Equal((2, 2), _model.ExpectSends(6, At(1)));
    }

    [Fact]
    public void Right_code_is_to_be_accepted_once()
    {
        _model.Sent([At(0)], ["1"]);
        Assert.Equal(Expectation.Accept, _model.ExpectGuess("1", At(1)));

        _model.Guessed("1", At(1), accepted: true);

        Assert.Equal(Expectation.Refuse, _model.ExpectGuess("1", At(2)));
        Assert.Equal("accepted a second time", _model.Reproach("1"));
    }

    [Fact]
    public void Third_guess_may_be_right_and_the_fourth_may_not()
    {
        _model.Sent([At(0)], ["1"]);
        _model.Guessed("2", At(1), accepted: false);
        _model.Guessed("3", At(2), accepted: false);
        Assert.Equal(Expectation.Accept, _model.ExpectGuess("1", At(3)));

        _model.Guessed("4", At(3), accepted: false);

        Assert.Equal(Expectation.Refuse, _model.ExpectGuess("1", At(4)));
        Assert.Equal("accepted after 3 wrong guesses", _model.Reproach("1"));
    }

    [Fact]
    public void New_code_takes_the_old_ones_place()
    {
        _model.Sent([At(0)], ["1"]);
        _model.Sent([At(1)], ["2"]);

        Assert.Equal(Expectation.Refuse, _model.ExpectGuess("1", At(2)));
        Assert.Equal(Expectation.Accept, _model.ExpectGuess("2", At(2)));
    }

    [Fact]
    public void Code_dies_in_time()
    {
        _model.Sent([At(0, 1)], ["1"]);

        Assert.Equal(Expectation.Accept, _model.ExpectGuess("1", At(11)));
        Assert.Equal(Expectation.Either, _model.ExpectGuess("1", At(12.5)));
        Assert.Equal(Expectation.Refuse, _model.ExpectGuess("1", At(14)));
    }

    [Fact]
    public void Guess_at_the_edge_of_a_code_counts_perhaps()
    {
        _model.Sent([At(0, 4)], ["1"]);
        _model.Guessed("2", At(1), accepted: false);
        _model.Guessed("3", At(1), accepted: false);

        _model.Guessed("4", At(12.5), accepted: false);

        Assert.Equal(Expectation.Either, _model.ExpectGuess("1", At(13)));
    }

    private static Interval At(double start, double? end = null) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end ?? start));
}
