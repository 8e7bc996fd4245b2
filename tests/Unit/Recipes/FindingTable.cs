namespace ConnectorHub.Tests.Unit.Recipes;

/// <summary>The golden table of findings: a broken recipe, and every line that a check says of it.</summary>
internal static partial class FindingTable
{
    public static TheoryData<string, string, string[]> Rows { get; } = new()
    {
        { "unknown key of a recipe", Recipe(top: "ower: ops"), [
            "recipes/a.yaml(4,1): error CH2001: 'ower' is not a key of a recipe. Did you mean 'owner'? Allowed: version, name, about, owner, when, if, once_per, order_by, let, steps, on_error, tests, retry, zone, mode, too_late_after.",
        ] },
        { "a key of a later version", Recipe(top: "workflow: []"), [
            "recipes/a.yaml(4,1): error CH2001: 'workflow' is not a key of a recipe. Allowed: version, name, about, owner, when, if, once_per, order_by, let, steps, on_error, tests, retry, zone, mode, too_late_after.",
        ] },
        { "unknown key of a step", Recipe(step: "loop: \"{{ event.member.tags }}\""), [
            "recipes/a.yaml(8,5): error CH2001: 'loop' is not a key of a step. Did you mean 'for_each'? Allowed: id, use, connection, for_each, each_key, key, with, if, retry, timeout, continue_on_error, repeat.",
        ] },
        { "key that is no text", Recipe(step: "key: [a, b]"), [
            "recipes/a.yaml(8,10): error CH2003: 'key' is a list. It must be a name for what the step makes, such as \"live/{{ event.live.id }}\".",
        ] },
        { "unknown key of when", Recipe("events: member.created"), [
            "recipes/a.yaml(3,30): error CH2001: 'events' is not a key of 'when'. Did you mean 'event'? Allowed: source, event, connection, schedule.",
        ] },
        { "missing keys of a recipe", "name: A\n", [
            "recipes/a.yaml(1,1): error CH2002: a recipe has no 'version'. It needs: version, name, when, steps.",
            "recipes/a.yaml(1,1): error CH2002: a recipe has no 'when'. It needs: version, name, when, steps.",
            "recipes/a.yaml(1,1): error CH2002: a recipe has no 'steps'. It needs: version, name, when, steps.",
        ] },
        { "missing keys of a step", "version: 1\nname: A\nwhen: { source: meltingspot, event: live.updated }\nsteps:\n  - with: { a: b }\n", [
            "recipes/a.yaml(5,5): error CH2002: a step has no 'id'. It needs: id, use.",
            "recipes/a.yaml(5,5): error CH2002: a step has no 'use'. It needs: id, use.",
        ] },
        { "not a map", "- a\n- b\n", [
            "recipes/a.yaml(1,1): error CH2003: the file is a list. A recipe is a map of keys and begins with 'version: 1'.",
        ] },
        { "a list where a text belongs", Recipe(top: "about: [a, b]"), [
            "recipes/a.yaml(4,8): error CH2003: 'about' is a list. It must be a text.",
        ] },
        { "no truth", Recipe(step: "continue_on_error: maybe"), [
            "recipes/a.yaml(8,24): error CH2003: 'continue_on_error' is the text 'maybe'. It must be true or false.",
        ] },
        { "unknown mode", Recipe(top: "mode: rehearsal"), [
            "recipes/a.yaml(4,7): error CH2003: 'mode' is the text 'rehearsal'. Did you mean 'rehearse'? Allowed: active, rehearse, off.",
        ] },
        { "unknown repeat", Recipe(step: "repeat: agian"), [
            "recipes/a.yaml(8,13): error CH2003: 'repeat' is the text 'agian'. Did you mean 'again'? Allowed: ask, again.",
        ] },
        { "unknown version", Recipe().Replace("version: 1", "version: 3", StringComparison.Ordinal), [
            "recipes/a.yaml(1,10): error CH2031: 'version' is 3. This program reads version 1: write version: 1",
        ] },
        { "unknown source", Recipe().Replace("source: meltingspot", "source: meltingspt", StringComparison.Ordinal), [
            "recipes/a.yaml(3,17): error CH2005: there is no source 'meltingspt'. Did you mean 'meltingspot'? There are: meltingspot.",
        ] },
        { "unknown event", Recipe("event: member.craeted"), [
            "recipes/a.yaml(3,37): warning CH2005: 'member.craeted' is not a known event of meltingspot. Did you mean 'member.created'? Known: live.updated, member.created, live.guessed. A new one of the platform works, but no path of it is checked.",
        ] },
        { "a schedule that says nothing", Clock("zone: Europe/Paris"), [
            "recipes/a.yaml(3,9): error CH2040: 'schedule' says neither 'cron' nor 'every'. Write one of them: cron: \"0 9 * * MON-FRI\" or every: 15m",
        ] },
        { "a schedule that says it twice", Clock("cron: \"0 9 * * *\", every: 15m"), [
            "recipes/a.yaml(3,40): error CH2040: 'schedule' has both 'cron' and 'every'. Keep one of them.",
        ] },
        { "a schedule beside a source", Clock("every: 15m").Replace("{ schedule", "{ source: meltingspot, schedule", StringComparison.Ordinal), [
            "recipes/a.yaml(3,9): error CH2040: 'source' stands beside 'schedule'. A recipe waits for events or goes by the clock: keep one of the two.",
        ] },
        { "unknown key of a schedule", Clock("corn: \"0 9 * * *\""), [
            "recipes/a.yaml(3,21): error CH2001: 'corn' is not a key of 'schedule'. Did you mean 'cron'? Allowed: cron, every, zone, missed.",
        ] },
        { "unknown missed", Clock("every: 15m, missed: lats"), [
            "recipes/a.yaml(3,41): error CH2003: 'missed' is the text 'lats'. Did you mean 'last'? Allowed: last, all, none.",
        ] },
        { "unknown zone of a schedule", Clock("every: 15m, zone: Europe/Pari"), [
            "recipes/a.yaml(3,39): error CH2032: there is no zone 'Europe/Pari'. Did you mean 'Europe/Paris'? A zone is a continent and a city, such as Europe/Paris, or UTC.",
        ] },
        { "a cron field that cannot be read", Clock("cron: \"0 9 * * MON-FRY\""), [
            "recipes/a.yaml(3,36): error CH2040: 'cron' cannot be read: the day of the week 'MON-FRY' cannot be read at 'MON-FRY'. Allowed: 0-7 or SUN-SAT, * for all, lists (1,5), ranges (1-5) and steps (*/2).",
        ] },
        { "a cron with seconds", Clock("cron: \"0 0 9 * * MON\""), [
            "recipes/a.yaml(3,38): error CH2040: 'cron' cannot be read: it has 6 fields; cron has five fields: minute hour day-of-month month day-of-week, such as 0 9 * * MON-FRI. There are no seconds.",
        ] },
        { "a cron that never fires", Clock("cron: \"0 9 31 2 *\""), [
            "recipes/a.yaml(3,27): error CH2041: '0 9 31 2 *' never fires: no month it names has such a day. Change the day of the month (third field) or the month (fourth field).",
        ] },
        { "a cron with two kinds of days", Clock("cron: \"0 9 13 * FRI\""), [
            "recipes/a.yaml(3,27): warning CH2043: '0 9 13 * FRI' names a day of the month and a day of the week, and fires on days that fit either of them. Write * for one of them unless that is wanted.",
        ] },
        { "a step that does not fill a day", Clock("every: 7m"), [
            "recipes/a.yaml(3,28): warning CH2042: 7m does not divide a day: it counts from midnight, so the last one of a day is at 23:55 and the next comes at 00:00, 5m later. Steps near it that do: 6m and 8m.",
        ] },
        { "a step that is no step of a day", Clock("every: 2d"), [
            "recipes/a.yaml(3,28): error CH2040: 'every' is the text '2d'. Allowed: from 1m to 24h, such as 15m or 6h. For days of the week or the month use cron: \"0 9 * * MON\"",
        ] },
        { "a path that a firing does not have", Clock("every: 15m").Replace("text: hello", "text: \"{{ event.scheduledAt }}\"", StringComparison.Ordinal), [
            "recipes/a.yaml(7,23): error CH2017: 'event.scheduledAt' is in no sample of schedule.…",
        ] },
        { "a test of a schedule on another sample", Clock("every: 15m") + "tests:\n  - { name: t, sample: meltingspot/live.updated, expect: hello.text is hello }\n", [
            "recipes/a.yaml(9,24): error CH2029: 'meltingspot/live.updated' is no sample for a recipe that goes by a schedule. Write: sample: schedule",
        ] },
        { "unknown connector", Recipe().Replace("slack.post", "slak.post", StringComparison.Ordinal), [
            "recipes/a.yaml(7,10): error CH2004: there is no connector 'slak'. Did you mean 'slack'? There are: google-sheets, meltingspot, slack.",
        ] },
        { "unknown action", Recipe().Replace("post-message", "post-mesage", StringComparison.Ordinal), [
            "recipes/a.yaml(7,10): error CH2004: connector 'slack' has no action 'post-mesage'. Did you mean 'post-message'? It has: add-reaction, post-message.",
        ] },
        { "no action named", Recipe().Replace("slack.post-message", "slack", StringComparison.Ordinal), [
            "recipes/a.yaml(7,10): error CH2004: 'use' names no action of connector 'slack'. Write slack.add-reaction or another. It has: add-reaction, post-message.",
        ] },
        { "unknown connection", Recipe(step: "connection: slack-acne"), [
            "recipes/a.yaml(8,17): warning CH4101: there is no connection 'slack-acne'. Did you mean 'slack-acme'? Connections of 'slack': slack-acme. The recipe is not ready until it is set up.",
        ] },
        { "connection of another connector", Recipe(step: "connection: google-marketing"), [
            "recipes/a.yaml(8,17): error CH4102: connection 'google-marketing' belongs to 'google-sheets', and this step wants one of 'slack': slack-acme.",
        ] },
        { "unknown connection of when", Recipe("event: member.created, connection: meltingspot"), [
            "recipes/a.yaml(3,65): warning CH4101: there is no connection 'meltingspot'. Connections of 'meltingspot': meltingspot-main. The recipe is not ready until it is set up.",
        ] },
        { "duplicate key", Recipe(top: "about: a\nowner: b\nabout: c"), [
            "recipes/a.yaml(6,1): error CH2006: 'about' is given twice, in line 4 and in line 6. A key stands once: remove one of them.",
        ] },
        { "not yaml", Recipe(top: "about: 'never closed"), [
            "recipes/a.yaml(4,8): error CH2007: the quote ' that opens here is never closed. Close it, or double it where it belongs to the text.",
        ] },
        { "a tab", Recipe(top: "retry:\n\t- 30s"), [
            "recipes/a.yaml(5,1): error CH2007: a tab indents this line. YAML is indented with blanks: two for each level.",
        ] },
        { "a text that begins with a sign", Recipe(top: "owner: @anna"), [
            "recipes/a.yaml(4,8): error CH2007: a text may not begin with '@' unless it is quoted. Write: owner: \"@anna\"",
        ] },
        { "a colon in a text", Recipe(with: "text: Live: now"), [
            "recipes/a.yaml(10,17): error CH2007: ': ' inside a value begins a map. Quote the value: text: \"Live: now\"",
        ] },
        { "unquoted placeholder", Recipe(with: "text: {{ event.member.firstname }}"), [
            "recipes/a.yaml(10,13): error CH2009: '{{' begins a map in YAML unless it is quoted. Write: text: \"{{ event.member.firstname }}\"",
        ] },
        { "unquoted placeholder with text behind", Recipe(with: "text: {{ event.member.firstname }} joined"), [
            "recipes/a.yaml(10,13): error CH2009: '{{' begins a map in YAML unless it is quoted. Write: text: \"{{ event.member.firstname }} joined\"",
        ] },
        { "unquoted placeholder in a flow map", Recipe(step: "retry: [30s]").Replace("with:", "with: { text: {{ event.member.id }}, channel: C1 }\n    #", StringComparison.Ordinal).Replace("      text: hello\n      channel: \"C1\"\n", "", StringComparison.Ordinal), [
            "recipes/a.yaml(9,19): error CH2009: '{{' begins a map in YAML unless it is quoted. Write: with: { text: \"{{ event.member.id }}\", channel: C1 }",
        ] },
        { "double quotes inside", Recipe(with: "text: \"{{ event.occurredAt | from_unix | date(\"HH:mm\") }}\""), [
            "recipes/a.yaml(10,53): error CH2010: a double quote inside \"{{ }}\" ends the text. Write texts inside {{ }} in single quotes: text: \"{{ event.occurredAt | from_unix | date('HH:mm') }}\"",
        ] },
        { "a value that is a comment", Recipe(with: "text: #hello"), [
            "recipes/a.yaml(10,13): error CH2011: ' #' begins a comment, so the value ends before '#hello'. Write: text: \"#hello\" (or put a blank after '#' if a comment is meant)",
        ] },
        { "a value cut by a comment", Recipe(with: "text: Room #5 is open"), [
            "recipes/a.yaml(10,18): error CH2011: ' #' begins a comment, so the value ends before '#5'. Write: text: \"Room #5 is open\" (or put a blank after '#' if a comment is meant)",
        ] },
        { "a comment that is meant", Recipe(with: "text: hello # a greeting"), [] },
        { "a condition that became a map", Recipe(top: "if:\n  - event.member.title contains a: b"), [
            "recipes/a.yaml(5,5): error CH2012: ': ' made a map of this condition. Quote the sentence: - \"event.member.title contains a: b\"",
        ] },
        { "a condition keyed by field", Recipe(top: "if: { event.member.status: Accepted }"), [
            "recipes/a.yaml(4,7): error CH2012: a condition is a sentence, not a map with the key 'event.member.status'. Write: event.member.status is Accepted",
        ] },
        { "conditions in brackets", Recipe(top: "if: [event.member.status is Accepted, event.member.title is CEO]"), [
            "recipes/a.yaml(4,5): error CH2013: conditions stand in square brackets, where YAML splits a sentence at each comma. Write one a line, each after '- '.",
        ] },
        { "not with several lines", Recipe(top: "if:\n  - not:\n      - event.member.status is Invited\n      - event.member.title is CEO"), [
            "recipes/a.yaml(5,5): error CH2015: 'not' has several lines, which can be read in two ways. Write 'any:' under it where none of them may hold, or 'all:' where not all of them may.",
        ] },
        { "a condition without operator", Recipe(top: "if: event.member.status Accepted"), [
            "recipes/a.yaml(4,25): error CH2015: 'Accepted' is no operator.…",
        ] },
        { "a condition with an unknown operator", Recipe(top: "if: event.member.status equals Accepted"), [
            "recipes/a.yaml(4,25): error CH2015: 'equals' is no operator.…",
        ] },
        { "a bad expression", Recipe(with: "text: \"{{ event.member. }}\""), [
            "recipes/a.yaml(10,29): error CH2014: A name must follow the dot; found ' '.…",
        ] },
        { "an expression that is not closed", Recipe(with: "text: \"{{ event.member.id\""), [
            "recipes/a.yaml(10,14): error CH2014: '{{' is not closed.…",
        ] },
        { "unknown filter", Recipe(with: "text: \"{{ event.member.id | uper }}\""), [
            "recipes/a.yaml(10,35): error CH2014: There is no filter 'uper'.…",
        ] },
        { "a filter that fits no such value", Recipe(with: "text: \"{{ event.member.id | split(',') | upper }}\""), [
            "recipes/a.yaml(10,48): error CH2014: 'upper' cannot follow 'split'…",
        ] },
        { "a regular expression with lookahead", Recipe(with: "text: \"{{ event.member.id | match('(?=a)') }}\""), [
            "recipes/a.yaml(10,35): error CH2014: '(?=a)' needs look-around…",
        ] },
        { "a date pattern with YYYY", Recipe(with: "text: \"{{ event.occurredAt | from_unix | date('YYYY') }}\""), [
            "recipes/a.yaml(10,48): error CH2014: The date pattern 'YYYY' has YYYY…",
        ] },
        { "an unknown name", Recipe(with: "text: \"{{ member.id }}\""), [
            "recipes/a.yaml(10,17): error CH2016: 'member' is not known in step 'hello'. Did you mean 'event.member.id'? Known: event, meta, shared, steps.",
        ] },
        { "steps in the top if", Recipe(top: "if: steps.hello.ts exists"), [
            "recipes/a.yaml(4,5): error CH2016: 'steps' is not known in the top 'if'. No step has run when the top 'if' is computed. Known: event, meta, shared.",
        ] },
        { "a script value in the top if", Recipe(top: "let: { a: { js: return 1 } }\nif: a is 1"), [
            "recipes/a.yaml(5,5): error CH2016: 'a' needs a script, and scripts run only after the top 'if' has decided. Use paths and filters here, or move the condition into a step's 'if'.",
        ] },
        { "a top value below its use", Recipe(top: "if: a is 1\nlet: { a: 1 }"), [
            "recipes/a.yaml(4,5): error CH2016: 'a' is set in line 5, below the top 'if'. Move 'let' above it.",
        ] },
        { "a top value before its turn", Recipe(top: "let: { a: \"{{ b }}\", b: 1 }"), [
            "recipes/a.yaml(4,15): error CH2016: 'b' is not known in 'a'. 'b' is set further down: a value sees only those above it. Known: event, meta, shared.",
        ] },
        { "a step that reads itself", Recipe(with: "text: \"{{ steps.hello.ts }}\""), [
            "recipes/a.yaml(10,17): error CH2016: step 'hello' reads itself. A step reads only steps above it. Steps above: none.",
        ] },
        { "a step that is not there", Recipe(with: "text: \"{{ steps.helo.ts }}\""), [
            "recipes/a.yaml(10,17): error CH2016: there is no step 'helo'. Steps above: none.",
        ] },
        { "a step that reads an output that is not there", Recipe() + "  - { id: next, use: slack.add-reaction, with: { name: \"{{ steps.hello.tss }}\" } }\n", [
            "recipes/a.yaml(12,60): error CH2017: step 'hello' answers no 'tss'. Did you mean 'ts'? It answers: channel, ts.",
        ] },
        { "a step read without steps", Recipe() + "  - { id: next, use: slack.add-reaction, with: { name: \"{{ hello.ts }}\" } }\n", [
            "recipes/a.yaml(12,60): error CH2016: 'hello' is not known in step 'next'. What a step answered is steps.hello.ts. Known: event, meta, shared, steps.",
        ] },
        { "a path no sample has", Recipe(with: "text: \"{{ event.member.firstnam }}\""), [
            "recipes/a.yaml(10,17): error CH2017: 'event.member.firstnam' is in no sample of meltingspot/member.created. Did you mean 'event.member.firstname' (there \"John\")?",
        ] },
        { "a path no sample has, deep", Recipe(with: "text: \"{{ event.member.utm.source }}\""), [
            "recipes/a.yaml(10,17): error CH2017: 'event.member.utm.source' is in no sample of meltingspot/member.created. 'event.member.utm' has: campaign.",
        ] },
        { "a path below a text", Recipe(with: "text: \"{{ event.member.id.value }}\""), [
            "recipes/a.yaml(10,17): error CH2017: 'event.member.id.value' is in no sample of meltingspot/member.created. 'event.member.id' is \"m-1\" there.",
        ] },
        { "a path into a list", Recipe(with: "text: \"{{ event.member.fields.value }}\""), [
            "recipes/a.yaml(10,17): error CH2017: 'event.member.fields.value' is in no sample of meltingspot/member.created. 'event.member.fields' is a list: write event.member.fields[0].value, or event.member.fields[*].value for all.",
        ] },
        { "a path of an inferred sample", Recipe("event: live.guessed", with: "text: \"{{ event.live.titel }}\""), [
            "recipes/a.yaml(10,17): warning CH2017: 'event.live.titel' is in no sample of meltingspot/live.guessed. 'event.live' has: id, name, status. The sample is inferred, so it may exist all the same.",
        ] },
        { "paths that may be missing", Recipe(top: "if: event.member.nickname is missing", with: "text: \"{{ event.member.nickname ?? event.member.alias ?? 'x' }}\""), [] },
        { "paths nobody can judge", Recipe(with: "text: \"{{ event.member.custom.anything }} {{ event.member.phone.prefix }} {{ event.member.tags[0] }} {{ event.member.fields[id='phone'].value }}\""), [] },
        { "a path one of two events has", Recipe("event: [member.created, live.updated]", with: "text: \"{{ event.live.name }}\""), [
            "recipes/a.yaml(10,17): warning CH2049: 'event.live.name' is missing in some events of meltingspot/member.created. Say what stands there then: {{ event.live.name ?? 'none' }}, or ask first: if: event.live.name exists",
        ] },
        { "an unknown meta", Recipe(with: "text: \"{{ meta.recievedAt }}\""), [
            "recipes/a.yaml(10,17): error CH2017: 'meta.recievedAt' is not in meta. Did you mean 'meta.receivedAt' (there \"2024-05-07T15:28:35Z\")?",
        ] },
        { "an unknown shared name", Recipe(with: "text: \"{{ shared.leads_shet }}\""), [
            "recipes/a.yaml(10,17): error CH2017: 'shared.leads_shet' is not in shared.yaml. Did you mean 'shared.leads_sheet' (there \"1AbC\")?",
        ] },
        { "a path of a top value", Recipe(top: "let: { m: \"{{ event.member }}\" }", with: "text: \"{{ m.emial }}\""), [
            "recipes/a.yaml(10,17): error CH2017: 'm.emial' is in no sample of meltingspot/member.created. Did you mean 'm.email' (there \"john.doe@meltingspot.io\")?",
        ] },
        { "milliseconds taken for seconds", Recipe(with: "text: \"{{ event.seenAt | from_unix | date('HH:mm') }}\""), [
            "recipes/a.yaml(10,32): error CH2018: on the sample meltingspot/member.created:…",
        ] },
        { "milliseconds taken for seconds in a condition", Recipe(top: "if: event.seenAt | from_unix is within 3d of now"), [
            "recipes/a.yaml(4,5): error CH2018: on the sample meltingspot/member.created:…",
        ] },
        { "duplicate id", Recipe() + "  - { id: hello, use: slack.add-reaction, with: { name: x } }\n", [
            "recipes/a.yaml(12,11): error CH2020: step 'hello' is there twice, in line 6 and in line 12. Give one of them another id.",
        ] },
        { "a bad id", Recipe().Replace("id: hello", "id: my step", StringComparison.Ordinal), [
            "recipes/a.yaml(6,9): error CH2034: 'my step' cannot be the id of a step: later steps read it as steps.my step. A name has letters, digits, '_' and '-', and begins with a letter.",
        ] },
        { "a taken name", Recipe(top: "let: { event: 1 }"), [
            "recipes/a.yaml(4,8): error CH2034: 'event' cannot be the name of a value: the language uses it itself. A name has letters, digits, '_' and '-', and begins with a letter.",
        ] },
        { "unknown field", Recipe(with: "text: hello\n      txet: hello"), [
            "recipes/a.yaml(11,7): error CH2021: 'slack.post-message' has no field 'txet'. Did you mean 'text'? It has: channel, text, unfurl, priority, style.",
        ] },
        { "missing field", Recipe(with: "style: card"), [
            "recipes/a.yaml(9,5): error CH2022: 'slack.post-message' needs the field 'text': The text. It needs: channel, text.",
        ] },
        { "a field left empty", Recipe(with: "text:"), [
            "recipes/a.yaml(10,7): error CH2022: 'slack.post-message' needs the field 'text': The text. It needs: channel, text.",
        ] },
        { "wrong type of a field", Recipe(with: "text: hello\n      unfurl: \"yes\"\n      priority: \"5\""), [
            "recipes/a.yaml(11,15): error CH2023: field 'unfurl' is the text 'yes'. It must be true or false: write true.",
            "recipes/a.yaml(12,17): error CH2023: field 'priority' is the text '5'. It must be a whole number, without quotes.",
        ] },
        { "a list for a text", Recipe(with: "text: [a, b]"), [
            "recipes/a.yaml(10,13): error CH2023: field 'text' is a list. It must be a text.",
        ] },
        { "a word that is not allowed", Recipe(with: "text: hello\n      style: crad"), [
            "recipes/a.yaml(11,14): error CH2023: field 'style' is 'crad'. Did you mean 'card'? Allowed: plain, card.",
        ] },
        { "a placeholder in a script", Recipe(top: "let: { a: { js: \"return {{ event.member.id | upper }}\" } }"), [
            "recipes/a.yaml(4,25): error CH2025: {{ event.member.id | upper }} stands inside a script, where it is not replaced. A script reads names directly: event.member.id",
        ] },
        { "a script with a neighbour", Recipe(top: "let: { a: { js: return 1, kind: x } }"), [
            "recipes/a.yaml(4,27): error CH2001: 'kind' stands beside 'js'. A script is a map with the single key 'js'.",
        ] },
        { "raw text", Recipe(with: "text: \"Hi {{ event.member.firstname | raw }}\""), [
            "recipes/a.yaml(10,45): warning CH2026: '| raw' puts a text of the platform into a Slack message as it comes: it may hold mentions, links or markup of a stranger. Remove it unless that is wanted.",
        ] },
        { "a secret", Recipe(with: "text: xoxb-123456789012-abcdefABCDEF"), [
            "recipes/a.yaml(10,13): error CH2027: this looks like a Slack token. Recipes are read by many: put it into the settings of a connection (\"env:NAME\" or \"file:path\"), name the connection here, and revoke this one.",
        ] },
        { "a bad duration", Recipe(step: "retry: [30s, 5min, 1.5h]"), [
            "recipes/a.yaml(8,18): error CH2028: 'retry' has the text '5min', which is no duration. Did you mean 5m? Write a whole number with s, m, h or d, such as 30s, 2m, 6h, 30d.",
            "recipes/a.yaml(8,24): error CH2028: 'retry' has the text '1.5h', which is no duration. Did you mean 90m? Write a whole number with s, m, h or d, such as 30s, 2m, 6h, 30d.",
        ] },
        { "a bad duration for the recipe", Recipe(top: "too_late_after: soon"), [
            "recipes/a.yaml(4,17): error CH2028: 'too_late_after' has the text 'soon', which is no duration. Write a whole number with s, m, h or d, such as 30s, 2m, 6h, 30d.",
        ] },
        { "a retry that is no list", Recipe(step: "retry: 30s"), [
            "recipes/a.yaml(8,12): error CH2003: 'retry' is the text '30s'. It must be a list of waits, such as [30s, 2m, 10m, 1h].",
        ] },
        { "a timeout that is too long", Recipe(step: "timeout: 2h"), [
            "recipes/a.yaml(8,14): error CH2028: 'timeout' is longer than one attempt may take. Allowed: at most 10m.",
        ] },
        { "unknown zone", Recipe(top: "zone: Europe/Pari"), [
            "recipes/a.yaml(4,7): error CH2032: there is no zone 'Europe/Pari'. Did you mean 'Europe/Paris'? A zone is a continent and a city, such as Europe/Paris, or UTC.",
        ] },
        { "once_per without a value", Recipe(top: "once_per: member"), [
            "recipes/a.yaml(4,11): error CH2003: 'once_per' is the text 'member'. It must be a text with a value of the event, such as \"{{ event.member.id }}\".",
        ] },
        { "once_per with an unknown key", Recipe(top: "once_per: { key: \"{{ event.member.id }}\", witin: 1d }"), [
            "recipes/a.yaml(4,43): error CH2001: 'witin' is not a key of 'once_per'. Did you mean 'within'? Allowed: key, within.",
        ] },
        { "a test of no sample", Test("sample: meltingspot/member.creatd", "expect: [x]"), [
            "recipes/a.yaml(6,13): error CH2029: there is no sample 'meltingspot/member.creatd'. Did you mean 'meltingspot/member.created'? A sample is a source and an event: meltingspot/live.guessed, meltingspot/live.updated, meltingspot/member.created.",
            "recipes/a.yaml(7,13): error CH2013: expectations stand in square brackets, where YAML splits a sentence at each comma. Write one a line, each after '- '.",
        ] },
        { "a test that changes nothing there is", Test("change: { event.member.statu: x, step.a: 1 }", "expect:\n      - runs are [hello]"), [
            "recipes/a.yaml(6,15): warning CH2017: 'event.member.statu' is not in the sample meltingspot/member.created, so this adds it. Did you mean 'event.member.status' (there \"Accepted\")?",
            "recipes/a.yaml(6,38): error CH2029: 'step' cannot be changed in a test. A path begins with event or meta, such as event.member.status.",
        ] },
        { "a test of unknown steps", Test("answers: { helo: { ts: 1 } }", "expect:\n      - runs are [hallo]\n      - hello.txt is x\n      - helo.text is x\n      - skipped by \"event.member.status is Invited\""), [
            "recipes/a.yaml(6,16): error CH2029: there is no step 'helo'. Did you mean 'hello'? Steps: hello.",
            "recipes/a.yaml(8,19): error CH2029: there is no step 'hallo'. Did you mean 'hello'? Steps: hello.",
            "recipes/a.yaml(9,9): error CH2029: step 'hello' has no field 'txt'. Did you mean 'text'? It has: channel, text, unfurl, priority, style.",
            "recipes/a.yaml(10,9): error CH2029: there is no step 'helo'. Did you mean 'hello'? An expectation reads the fields of a step: hello.",
            "recipes/a.yaml(11,9): error CH2029: no line of the top 'if' is 'event.member.status is Invited'. It has: no lines",
        ] },
        { "a type mark", Recipe(top: "about: !secret x"), [
            "recipes/a.yaml(4,8): error CH2033: a type mark beginning with '!' stands here. Recipes use none: remove it, or quote the text.",
        ] },
        { "two recipes in one file", Recipe() + "---\nversion: 1\n", [
            "recipes/a.yaml(12,1): error CH2033: a second document begins here. A file holds one recipe: put the other into a file of its own.",
        ] },
        { "an alias of nothing", Recipe(top: "about: *name"), [
            "recipes/a.yaml(4,8): error CH2033: '*name' stands for something marked '&name', and nothing above is. To mean the text, quote it: \"*name\".",
        ] },
    };
}
