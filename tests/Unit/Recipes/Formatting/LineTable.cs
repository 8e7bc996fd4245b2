namespace ConnectorHub.Tests.Unit.Recipes.Formatting;

/// <summary>The same for indentation, texts, quotes and lines.</summary>
internal static class LineTable
{
    public static TheoryData<string, string, string> Rows => new()
    {
        {
            "Indentation is two blanks, of lists as well, and what a value is made of moves along",
            """
            version:   1
            if:
            -   any:
                -   event.a exists
                -   event.b exists
            let:
                  shares: { one: [ 1,
                            2 ],   # inside
                       three: 3 }
                  words: a long
                     text
            """,
            """
            version: 1

            if:
              - any:
                  - event.a exists
                  - event.b exists

            let:
              shares: { one: [ 1,
                        2 ],   # inside
                   three: 3 }
              words: a long
                 text

            """
        },
        {
            "A text in lines keeps every character and moves as a whole",
            """
            let:
                a:
                    js: |
                        if (x) {
                            return 1;   

                        }
                        return '# no comment';
                # of b
                b: >-   # folded
                     one

                       two
                c: |2+
                        more

            name: A
            """,
            """
            name: A

            let:
              a:
                js: |
                  if (x) {
                      return 1;   

                  }
                  return '# no comment';
              # of b
              b: >-  # folded
                one

                  two
              c: |2+
                      more


            """
        },
        {
            "A text that ends with the file gets no line end by that",
            "let:\n  a: |\n    one\n    two",
            "let:\n  a: |-\n    one\n    two\n"
        },
        {
            "Quotes go where none are needed, and are double around placeholders",
            """
            let:
              a: 'plain words'
              b: "plain words"
              c: '#channel'
              d: '{{ event.a }} and b'
              e: Hello {{ event.a }}
              f: 'say "{{ event.a }}"'
              g: "yes"
              h: '01'
              i: "null"
              j: "a: b"
              k: 'it''s'
              l: "tab\there"
              m: "2026-01-01"
              n: ""
              o: "true"
              p: [ "inside", 'brackets' ]
            """,
            """
            let:
              a: plain words
              b: plain words
              c: "#channel"
              d: "{{ event.a }} and b"
              e: "Hello {{ event.a }}"
              f: 'say "{{ event.a }}"'
              g: "yes"
              h: "01"
              i: "null"
              j: "a: b"
              k: it's
              l: "tab\there"
              m: "2026-01-01"
              n: ""
              o: "true"
              p: [ "inside", 'brackets' ]

            """
        },
        {
            "Empty lines: one at most, none where a block begins, between lines as the admin has them",
            """


            version: 1


            name: A
            about: B

            owner: C
            when:

              source: a

              event: b
            """,
            """
            version: 1

            name: A
            about: B

            owner: C

            when:
              source: a

              event: b

            """
        },
        {
            "With an alias nothing moves, for it must stand behind its anchor",
            """
            name: &n A
            version: 1
            about:   *n
            let: &l
                a: 1
            """,
            """
            name: &n A
            version: 1
            about: *n

            let: &l
              a: 1

            """
        },
        {
            "Lines that only part documents go",
            """
            # recipe
            ---
            name: A
            ...
            """,
            """
            # recipe

            name: A

            """
        },
        {
            "What is not there and what stands below its key",
            """
            name:
              A
            about:
              # why
              B
            owner:   # nobody
              # but us
            if:
              # if what
            mode:
            """,
            """
            name: A
            about:
              # why
              B
            owner:  # nobody
              # but us
            mode:
            if:
              # if what

            """
        },
    };
}
