namespace ConnectorHub.Values.Filters;

/// <summary>Numbers: exact to 28 digits; texts that are numbers are taken as numbers.</summary>
internal static class NumberFilters
{
    private const string Group = "numbers";

    public static IReadOnlyList<FilterDefinition> All { get; } =
    [
        new(Group, "number", Kinds.Numeric | Kinds.Boolean, Kinds.Number, "Makes a number of a text such as 12.5; true is 1, false 0.", new("{{ ' 12.5 ' | number }}", "", "12.5"), Number),
        new(Group, "round", Kinds.Numeric, Kinds.Number, "Rounds, halves away from zero.", new("{{ 2.345 | round(2) }}", "", "2.35"), Round)
        {
            Parameters = [new("places", Kinds.Numeric, "How many places stay; none without it.", Optional: true)],
        },
        new(Group, "plus", Kinds.Numeric, Kinds.Number, "The sum.", new("{{ 9007199254740993 | plus(1) }}", "", "9007199254740994"), Plus)
        {
            Parameters = [new("other", Kinds.Numeric, "What is added.")],
        },
        new(Group, "minus", Kinds.Numeric | Kinds.Moment, Kinds.Number | Kinds.Moment, "The difference of numbers; an earlier moment; or how far two moments are apart: end | minus(start, 'minutes').", new("{{ 1715095714 | from_unix | minus(1, 'day') }}", "", "2024-05-06T17:28:34+02:00"), Minus)
        {
            Parameters = [new("other", Kinds.Numeric | Kinds.Moment, "What is taken away."), new("unit", Kinds.Text, "For moments: seconds, minutes, hours, days, weeks, months or years.", Optional: true)],
        },
        new(Group, "times", Kinds.Numeric, Kinds.Number, "The product.", new("{{ '2.5' | times(4) }}", "", "10"), Times)
        {
            Parameters = [new("other", Kinds.Numeric, "What it is multiplied by.")],
        },
        new(Group, "divide", Kinds.Numeric, Kinds.Number, "The quotient.", new("{{ 90 | divide(60) }}", "", "1.5"), Divide)
        {
            Parameters = [new("other", Kinds.Numeric, "What it is divided by; not zero.")],
        },
    ];

    private delegate decimal Arithmetic(decimal left, decimal right);

    private static FilterResult Number(in FilterCall call)
    {
        if (call.Input.Kind == ValueKind.Number)
        {
            return call.Input;
        }

        if (call.Input.Kind == ValueKind.Boolean)
        {
            return Value.Number(call.Input == Value.True ? 1 : 0);
        }

        // The digits stay as they came: a text of 30 digits is a number of 30 digits.
        var text = call.Input.ToText().Trim().TrimStart('+');
        return NumberText.IsNumber(text)
            ? Value.Number(text)
            : call.Problem($"cannot read {Messages.Show(call.Input)} as a number. Allowed are digits with a dot for the places; take other letters away with | replace(',', '.') or | match('[0-9.]+').");
    }

    private static FilterResult Round(in FilterCall call)
    {
        var places = 0;
        if (call.Argument(0) is { } given && (!Inputs.TryWhole(given, out places) || places is < 0 or > 28))
        {
            return call.Problem($"takes 0 to 28 places; it got {Messages.Show(given)}.");
        }

        return Inputs.TryNumber(call.Input, out var number)
            ? Value.Number(Math.Round(number, places, MidpointRounding.AwayFromZero))
            : Inputs.NotANumber(call, call.Input);
    }

    private static FilterResult Plus(in FilterCall call) => Calculate(call, (left, right) => left + right);

    private static FilterResult Times(in FilterCall call) => Calculate(call, (left, right) => left * right);

    private static FilterResult Minus(in FilterCall call)
    {
        var other = call.Argument(0) ?? Value.Missing;
        var isNumber = call.Input.Kind != ValueKind.Moment && Inputs.TryNumber(call.Input, out _);
        if (isNumber && call.Argument(1) is null)
        {
            return Calculate(call, (left, right) => left - right);
        }

        if (Inputs.Moment(call.Input, call.Context.Zone) is not { } moment)
        {
            return isNumber
                ? call.Problem("takes a unit only for a moment; it got a number. Make it a moment first: | from_unix.")
                : call.Problem($"takes numbers or moments; it got {Messages.Show(call.Input)}. Make it one first: | number, | from_unix or | from_iso.");
        }

        return Inputs.Moment(other, call.Context.Zone) is { } start
            ? MomentArithmetic.Between(call, moment, start)
            : MomentArithmetic.Move(call, moment, forward: false);
    }

    private static FilterResult Divide(in FilterCall call)
    {
        if (call.Argument(0) is { } divisor && Inputs.TryNumber(divisor, out var by) && by == 0)
        {
            return call.Problem("cannot divide by zero. Ask with 'if' whether the divisor is more than 0.");
        }

        return Calculate(call, (left, right) => left / right);
    }

    private static FilterResult Calculate(in FilterCall call, Arithmetic arithmetic)
    {
        if (!Inputs.TryNumber(call.Input, out var left))
        {
            return Inputs.NotANumber(call, call.Input);
        }

        return call.Argument(0) is { } other && Inputs.TryNumber(other, out var right)
            ? Value.Number(arithmetic(left, right))
            : Inputs.NotANumber(call, call.Argument(0) ?? Value.Missing);
    }
}
