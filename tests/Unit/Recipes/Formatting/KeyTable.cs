namespace ConnectorHub.Tests.Unit.Recipes.Formatting;

/// <summary>
/// One pair for each rule of the canonical form about keys and comments: a name, the text as written, the text as <c>fmt</c> writes it.
/// </summary>
internal static class KeyTable
{
    public static TheoryData<string, string, string> Rows => new()
    {
        {
            "Keys of a recipe come in their order, unknown ones behind them, and sections stand apart",
            """
            steps:
            - use: slack.post-message
              with: {text: Hi,  channel: C1}
              id: hello
            colour: blue
            tests: []
            name: A
            when: { event: live.updated, source: meltingspot }
            shape: round
            version: 1
            """,
            """
            version: 1
            name: A
            when: { event: live.updated, source: meltingspot }

            steps:
              - id: hello
                use: slack.post-message
                with: {text: Hi,  channel: C1}

            tests: []
            colour: blue
            shape: round

            """
        },
        {
            "Keys of steps, pauses, when, schedules, tests and the maps of two keys come in their order",
            """
            version: 1
            when:
              schedule:
                missed: last
                cron: "0 9 * * *"
            once_per:
              within: 30d
              key: "{{ event.id }}"
            steps:
              - repeat: ask
                retry: [30s]
                key: a
                connection: c
                each_key: b
                for_each: "{{ event.list }}"
                id: one
                if: item.x exists
                use: slack.post-message
              - if: event.x exists
                stop: no more
            tests:
              - expect: runs are [one]
                sample: schedule
                name: one
            """,
            """
            version: 1

            when:
              schedule:
                cron: "0 9 * * *"
                missed: last

            once_per:
              key: "{{ event.id }}"
              within: 30d

            steps:
              - id: one
                for_each: "{{ event.list }}"
                each_key: b
                if: item.x exists
                use: slack.post-message
                connection: c
                key: a
                retry: [30s]
                repeat: ask
              - stop: no more
                if: event.x exists

            tests:
              - name: one
                sample: schedule
                expect: runs are [one]

            """
        },
        {
            "The admin's own names keep their order, and so do lists",
            """
            version: 1
            let:
              zebra: 1
              name: 2
              id: 3
            steps:
              - id: a
                with:
                  zone: x
                  name: y
                  use: z
            """,
            """
            version: 1

            let:
              zebra: 1
              name: 2
              id: 3

            steps:
              - id: a
                with:
                  zone: x
                  name: y
                  use: z

            """
        },
        {
            "Comments go with the key below them, those behind a line stay in it, those at an end stay there",
            """
            # of the file

            # why this zone
            zone: UTC # no summer time
            # what it is called
            name: A
            steps: # in order
              # the first
              - # in words
                # of use
                use: a.b
                # of id
                id: a # short
                with:
                    x: 1
                    # y: 2
                # timeout: 1m
              # - id: b
            # mode: off
            version: 1
            # the end
            """,
            """
            # of the file

            version: 1
            # what it is called
            name: A
            # why this zone
            zone: UTC  # no summer time

            steps:  # in order
              # the first
              -  # in words
                # of id
                id: a  # short
                # of use
                use: a.b
                with:
                  x: 1
                  # y: 2
                # timeout: 1m
              # - id: b
            # the end

            """.Replace("version: 1\n", "# mode: off\nversion: 1\n", StringComparison.Ordinal)
        },
        {
            "A comment above the first key of an item stands above its dash",
            """
            steps:
              - use: a.b
                # told by its name
                id: a

              # the second
              -
                # of id
                id: b
            """,
            """
            steps:
              # told by its name
              - id: a
                use: a.b

              # the second
              # of id
              - id: b

            """
        },
        {
            "Comments that stood below each other do so again",
            """
            when:
                source: meltingspot      # whose
                event: live.updated      # which
            zone: "UTC"    # short
            if: event.x exists # alone
            """,
            """
            when:
              source: meltingspot  # whose
              event: live.updated  # which

            if: event.x exists  # alone
            zone: UTC  # short

            """
        },
    };
}
