// Runs in the compile process, on the compiler's own functions: text of a snippet in, JSON of a lowering out.
// { code, map } where it was lowered, {} where it is ES5 as it stands, { problem: { line, column, message } } where it cannot be.
var lower = (function (ts) {
    "use strict";

    var kinds = ts.SyntaxKind;
    var mostFixes = 100;

    // What the standard refuses before it runs anything; the rest of what the checker finds is about types.
    var refused = {
        2448: "'{0}' is used before its declaration. Move the declaration up.",
        2449: "'{0}' is used before its declaration. Move the class up.",
        2451: "'{0}' is declared twice. Give one of them another name.",
        2492: "'{0}' is declared twice. Give one of them another name.",
        2481: "'{0}' is declared twice. Give one of them another name.",
        2588: "'{0}' is a constant and cannot be given another value. Declare it with let.",
        2496: "'arguments' has no meaning in an arrow function. Name the parameters, or take them all with (...args) => ….",
        2335: "'super' has no meaning here: it belongs into a class that extends another.",
        2337: "'super(…)' has no meaning here: it belongs into the constructor of a class that extends another.",
        2377: "The constructor of a class that extends another must call super(…).",
        2657: null,
        17009: "super(…) must be called before 'this' is used.",
        17011: "super(…) must be called before 'super' is used."
    };
    // 'return' is at home in a snippet; the others are about modules and settings of the compiler.
    var allowed = { 1108: true, 1208: true };

    var waits = "A script cannot wait: '{0}' does not work here. Do the waiting in the recipe: a step with http.request or a look-up action before this one, "
        + "whose answer the script then sees under the step's name.";
    var calls = {
        require: "A script cannot load modules: 'require' does not work here. Write what you need in the script itself; filters and hub.* do the usual things.",
        setTimeout: "A script has no timers: '{0}' does not work here. Let the recipe wait, with a step 'wait: 10m'.",
        fetch: "A script has no network: '{0}' does not work here. Make the request in a step before this one (http.request) and read its answer by the step's name."
    };
    calls.setInterval = calls.setImmediate = calls.queueMicrotask = calls.requestAnimationFrame = calls.clearTimeout = calls.clearInterval = calls.setTimeout;
    calls.XMLHttpRequest = calls.WebSocket = calls.EventSource = calls.fetch;
    calls.Promise = waits;

    var exports = "A script exports nothing: 'export' does not work here. Give back the value with return.";
    var closedBases = { Array: true, Boolean: true, Date: true, Function: true, Map: true, Number: true, Object: true, RegExp: true, Set: true, String: true };

    function say(message, word) {
        return message.replace("{0}", function () { return word; });
    }

    function Problem(position, message) {
        this.position = position;
        this.message = message;
    }

    function lower(text) {
        var assignments = {};
        var parsed = parse(text, assignments);
        var source = parsed.source;
        var problem = find(source) || unreadable(source, text);
        if (problem)
            return JSON.stringify({ problem: placed(source, problem) });
        var output = emit(parsed, assignments);
        if (output.problem)
            return JSON.stringify({ problem: placed(source, output.problem) });
        return JSON.stringify(output);
    }

    // a ??= b is newer than the compiler. Its three characters are read as another assignment of three and told apart again by their place.
    function parse(text, assignments) {
        for (var round = 0; ; round++) {
            var source = ts.createSourceFile("script.ts", text, ts.ScriptTarget.Latest, /*setParentNodes*/ true);
            var first = source.parseDiagnostics[0];
            if (!first || round === mostFixes || text.charAt(first.start) !== "=")
                return { source: source, text: text };
            var operator = text.substring(first.start - 2, first.start);
            if (operator !== "??" && operator !== "||" && operator !== "&&")
                return { source: source, text: text };
            assignments[first.start - 2] = operator;
            text = text.substring(0, first.start - 2) + "<<=" + text.substring(first.start + 1);
        }
    }

    function placed(source, problem) {
        var place = ts.getLineAndCharacterOfPosition(source, Math.min(problem.position, source.text.length));
        return { line: place.line + 1, column: place.character + 1, message: problem.message };
    }

    function unreadable(source, text) {
        var first = source.parseDiagnostics[0];
        if (!first)
            return undefined;
        if (text.substring(first.start).trim() === "")
            return new Problem(first.start, "The script ends too early: a bracket, brace, quote or expression is not finished.");
        var line = text.split("\n")[ts.getLineAndCharacterOfPosition(source, first.start).line];
        var message = ts.flattenDiagnosticMessageText(first.messageText, " ");
        if (line.indexOf("{{") >= 0)
            message += " Placeholders do not work in scripts: use the name itself.";
        return new Problem(first.start, message);
    }

    // The first thing in the code that has no place in a script.
    function find(source) {
        var found;
        function visit(node) {
            if (found)
                return;
            var message = objection(node, source);
            if (message)
                found = new Problem(start(node, source), message);
            else
                ts.forEachChild(node, visit);
        }
        visit(source);
        return found;
    }

    function start(node, source) {
        return ts.getTokenPosOfNode(node, source);
    }

    function objection(node, source) {
        switch (node.kind) {
            case kinds.AsyncKeyword:
                return say(waits, "async");
            case kinds.AwaitExpression:
                return say(waits, "await");
            case kinds.ForOfStatement:
                return node.awaitModifier ? say(waits, "for await") : undefined;
            case kinds.ImportDeclaration:
            case kinds.ImportEqualsDeclaration:
            case kinds.ImportKeyword:
                return say(calls.require.replace("require", "import"));
            case kinds.MetaProperty:
                return node.keywordToken === kinds.ImportKeyword ? calls.require.replace("require", "import") : undefined;
            case kinds.ExportDeclaration:
            case kinds.ExportAssignment:
                return exports;
            case kinds.ExportKeyword:
                return node.parent.parent === source ? exports : undefined;
            case kinds.Decorator:
                return "Decorators (@…) do not work in scripts. Call the function yourself.";
            case kinds.PrivateIdentifier:
                return say("Private names do not work in scripts: write _{0} in place of #{0}.".replace("{0}", node.escapedText.slice(1)), node.escapedText.slice(1));
            case kinds.BigIntLiteral:
                return say("Numbers of the kind {0} do not work in scripts. A number without the n is exact up to 9007199254740991; keep longer ones as text.", node.text);
            case kinds.RegularExpressionLiteral:
                return pattern(node);
            case kinds.JSDocComment:
                return undefined;
            case kinds.HeritageClause:
                return node.token === kinds.ExtendsKeyword ? base(node) : undefined;
            case kinds.Identifier:
                return name(node, source);
        }
        return undefined;
    }

    function pattern(node) {
        var unknown = /[^gimsuy]/.exec(node.text.substring(node.text.lastIndexOf("/") + 1));
        return unknown ? "Regular expressions know the flags g, i, m, s, u and y here; '" + unknown[0] + "' does not work." : undefined;
    }

    function base(clause) {
        var type = clause.types[0];
        var word = type && type.expression.kind === kinds.Identifier && ts.idText(type.expression);
        return word && closedBases.hasOwnProperty(word) && !isDeclared(word, clause)
            ? say("A class cannot extend {0} here. Keep one in a field of the class.", word)
            : undefined;
    }

    function name(node, source) {
        var word = ts.idText(node);
        if (word === "await")
            return isPropertyName(node) ? undefined : say(waits, word);
        if (word === "arguments" && isInGenerator(node))
            return "'arguments' has no meaning in a generator here. Name the parameters, or take them all with (...args).";
        if ((word === "module" || word === "exports") && isAssignedExport(node) && !isDeclared(word, node))
            return "A script exports nothing: '" + word + "' does not work here. Give back the value with return.";
        if (!calls.hasOwnProperty(word) || isPropertyName(node) || !isUsed(node) || isDeclared(word, node))
            return undefined;
        return say(calls[word], word);
    }

    function isInGenerator(node) {
        if (isPropertyName(node))
            return false;
        for (var holder = node.parent; holder; holder = holder.parent) {
            if (ts.isFunctionLike(holder) && holder.kind !== kinds.ArrowFunction)
                return holder.asteriskToken !== undefined;
        }
        return false;
    }

    function isPropertyName(node) {
        var parent = node.parent;
        switch (parent.kind) {
            case kinds.PropertyAccessExpression:
            case kinds.PropertyAssignment:
            case kinds.MethodDeclaration:
            case kinds.PropertyDeclaration:
            case kinds.GetAccessor:
            case kinds.SetAccessor:
                return parent.name === node;
            case kinds.BindingElement:
                return parent.propertyName === node;
            case kinds.LabeledStatement:
            case kinds.BreakStatement:
            case kinds.ContinueStatement:
                return true;
        }
        return false;
    }

    // Called, made or reached into: a name alone may be a value of the recipe.
    function isUsed(node) {
        var parent = node.parent;
        if (parent.kind === kinds.CallExpression || parent.kind === kinds.NewExpression)
            return parent.expression === node;
        return ts.idText(node) === "Promise" && parent.kind === kinds.PropertyAccessExpression && parent.expression === node;
    }

    function isAssignedExport(node) {
        var target = node;
        while (target.parent.kind === kinds.PropertyAccessExpression && target.parent.expression === target)
            target = target.parent;
        return target !== node && target.parent.kind === kinds.BinaryExpression && target.parent.left === target
            && target.parent.operatorToken.kind === kinds.EqualsToken && (ts.idText(node) === "exports" || ts.idText(node.parent.name) === "exports");
    }

    function isDeclared(word, node) {
        for (var holder = node.parent; holder; holder = holder.parent) {
            if (declares(holder, word))
                return true;
        }
        return false;
    }

    // Before the binder ran there are no symbols: a declaration of the name anywhere in an enclosing function is enough.
    function declares(holder, word) {
        if (holder.kind !== kinds.SourceFile && !ts.isFunctionLike(holder) && holder.kind !== kinds.Block && holder.kind !== kinds.CatchClause)
            return false;
        var found = false;
        ts.forEachChild(holder, function visit(node) {
            if (found)
                return;
            if (node.name && node.name.kind === kinds.Identifier && ts.idText(node.name) === word && isDeclaration(node))
                found = true;
            else if (!ts.isFunctionLike(node) || node === holder)
                ts.forEachChild(node, visit);
        });
        return found;
    }

    function isDeclaration(node) {
        switch (node.kind) {
            case kinds.VariableDeclaration:
            case kinds.BindingElement:
            case kinds.Parameter:
            case kinds.FunctionDeclaration:
            case kinds.ClassDeclaration:
                return true;
        }
        return false;
    }

    function options() {
        return {
            target: ts.ScriptTarget.ES5,
            module: ts.ModuleKind.None,
            sourceMap: true,
            removeComments: true,
            noEmitHelpers: true,
            downlevelIteration: true,
            useDefineForClassFields: true,
            isolatedModules: true,
            noLib: true,
            noResolve: true,
            suppressOutputPathCheck: true,
            newLine: 1
        };
    }

    function emit(parsed, assignments) {
        var source = ts.createSourceFile("script.ts", parsed.text, ts.ScriptTarget.ES5);
        var written = {};
        var program = ts.createProgram(["script.ts"], options(), {
            getSourceFile: function (file) { return file === "script.ts" ? source : undefined; },
            writeFile: function (file, text) { written[file] = text; },
            getDefaultLibFileName: function () { return "lib.d.ts"; },
            useCaseSensitiveFileNames: function () { return true; },
            getCanonicalFileName: function (file) { return file; },
            getCurrentDirectory: function () { return ""; },
            getNewLine: function () { return "\n"; },
            fileExists: function (file) { return file === "script.ts"; },
            readFile: function () { return ""; },
            directoryExists: function () { return true; },
            getDirectories: function () { return []; }
        });
        var checked = program.getDiagnosticsProducingTypeChecker().getDiagnostics(source);
        var problem = meant(source.bindDiagnostics.concat(checked), source);
        if (problem)
            return { problem: problem };
        program.emit(undefined, undefined, undefined, undefined, { before: [before(assignments, source)] });
        return {
            code: written["script.js"].replace(/\n\/\/# sourceMappingURL=.*\s*$/, ""),
            map: JSON.parse(written["script.js.map"]).mappings
        };
    }

    function meant(diagnostics, source) {
        for (var i = 0; i < diagnostics.length; i++) {
            var code = diagnostics[i].code, place = diagnostics[i].start;
            if (diagnostics[i].category !== ts.DiagnosticCategory.Error || allowed[code])
                continue;
            var text = ts.flattenDiagnosticMessageText(diagnostics[i].messageText, " ");
            // All declarations of one name are reported; the last is the one too many.
            for (var later = i + 1; code === 2451 && later < diagnostics.length; later++) {
                if (diagnostics[later].code === code && diagnostics[later].messageText === diagnostics[i].messageText)
                    place = diagnostics[later].start;
            }
            // A let beside a function of its name is told of as two functions would be, which are allowed.
            if (code === 2300 && isOfBlock(source, place))
                code = 2451;
            if (refused[code])
                return new Problem(place, say(refused[code], source.text.substr(place, diagnostics[i].length)));
            if (code < 2000)
                return new Problem(place, text);
        }
        return undefined;
    }

    function isOfBlock(source, position) {
        var found = false;
        ts.forEachChild(source, function visit(node) {
            var isDeclared = node.kind === kinds.ClassDeclaration || node.kind === kinds.VariableDeclaration && (node.parent.flags & ts.NodeFlags.BlockScoped) !== 0;
            if (isDeclared && node.name && start(node.name, source) === position)
                found = true;
            else
                ts.forEachChild(node, visit);
        });
        return found;
    }

    // What the compiler's own lowering leaves to an engine with iterators and newer assignments.
    function before(assignments, source) {
        return function (context) {
            function visit(node) {
                switch (node.kind) {
                    case kinds.ForOfStatement:
                        return list(ts.visitEachChild(node, visit, context), node);
                    case kinds.BinaryExpression:
                        return assignment(node) || ts.visitEachChild(node, visit, context);
                    case kinds.HeritageClause:
                        return node.token === kinds.ExtendsKeyword ? extended(ts.visitEachChild(node, visit, context)) : node;
                }
                return ts.visitEachChild(node, visit, context);
            }

            function list(node, original) {
                var call = ts.setTextRange(ts.createCall(ts.createIdentifier("__list"), undefined, [node.expression]), original.expression);
                return ts.updateForOf(node, node.awaitModifier, node.initializer, call, node.statement);
            }

            function extended(clause) {
                var type = clause.types[0];
                var call = ts.setTextRange(ts.createCall(ts.createIdentifier("__base"), undefined, [type.expression]), type.expression);
                return ts.updateHeritageClause(clause, [ts.updateExpressionWithTypeArguments(type, undefined, call)]);
            }

            // a ??= b is a ?? (a = b), with the parts of a evaluated once.
            function assignment(node) {
                var operator = node.operatorToken.kind === kinds.LessThanLessThanEqualsToken
                    && assignments[ts.getTokenPosOfNode(node.operatorToken, source)];
                if (!operator)
                    return undefined;
                var target = parts(ts.visitNode(node.left, visit));
                var right = ts.visitNode(node.right, visit);
                var token = operator === "??" ? kinds.QuestionQuestionToken : operator === "||" ? kinds.BarBarToken : kinds.AmpersandAmpersandToken;
                var set = ts.setTextRange(ts.createAssignment(target.write, right), node);
                return ts.setTextRange(ts.createParen(ts.createBinary(target.read, token, ts.createParen(set))), node);
            }

            function parts(left) {
                while (left.kind === kinds.ParenthesizedExpression)
                    left = left.expression;
                if (left.kind === kinds.PropertyAccessExpression) {
                    var holder = once(left.expression);
                    return {
                        read: ts.setTextRange(ts.createPropertyAccess(holder.first, left.name), left),
                        write: ts.setTextRange(ts.createPropertyAccess(holder.again, left.name), left)
                    };
                }
                if (left.kind === kinds.ElementAccessExpression) {
                    var object = once(left.expression), key = once(left.argumentExpression);
                    return {
                        read: ts.setTextRange(ts.createElementAccess(object.first, key.first), left),
                        write: ts.setTextRange(ts.createElementAccess(object.again, key.again), left)
                    };
                }
                return { read: left, write: ts.getSynthesizedClone(left) };
            }

            function once(expression) {
                if (expression.kind === kinds.ThisKeyword || expression.kind === kinds.SuperKeyword || ts.isStringLiteral(expression) || ts.isNumericLiteral(expression))
                    return { first: expression, again: ts.getSynthesizedClone(expression) };
                var kept = ts.createTempVariable(context.hoistVariableDeclaration);
                return { first: ts.setTextRange(ts.createParen(ts.createAssignment(kept, expression)), expression), again: kept };
            }

            return function (file) { return ts.visitEachChild(file, visit, context); };
        };
    }

    return lower;
})(ts);
