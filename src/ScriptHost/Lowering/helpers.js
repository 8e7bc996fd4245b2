// What lowered scripts call. None of it is seen by a script that was not lowered.
// attempt(body, self, state) calls the body of a generator; where it throws, it gives [6, error] and remembers the place.
// shield(f) is f, with its errors told at the place of its call, or at the place remembered for them.
(function (attempt, shield) {
    "use strict";

    var own = Object.prototype.hasOwnProperty;
    var nothing = { done: true, value: undefined };

    function kindOf(value) {
        if (value === null || value === undefined)
            return String(value);
        return typeof value === "object" ? "an object that is not a list" : "a " + typeof value;
    }

    function notAList(value) {
        return new TypeError(kindOf(value) + " cannot be walked through: for…of, '...' and [a, b] = want a list, a text, a Map or a Set");
    }

    function symbol() {
        return typeof Symbol === "function" && Symbol.iterator || "@@iterator";
    }

    function isLikeAList(value) {
        return Array.isArray(value) || Object.prototype.toString.call(value) === "[object Arguments]";
    }

    function isHigh(code) { return code >= 0xD800 && code < 0xDC00; }
    function isLow(code) { return code >= 0xDC00 && code < 0xE000; }

    function characters(text) {
        for (var list = [], i = 0; i < text.length; i++) {
            var pair = isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1));
            list.push(pair ? text.substr(i++, 2) : text.charAt(i));
        }
        return list;
    }

    // Through an index, so that what grows meanwhile is walked to its end.
    function Walk(list) {
        this.list = list;
        this.at = 0;
    }

    Walk.prototype.next = function () {
        return this.at < this.list.length ? { done: false, value: this.list[this.at++] } : nothing;
    };

    function collected(holder) {
        var isMap = typeof holder.get === "function", all = [];
        holder.forEach(function (value, key) {
            all.push(isMap ? [key, value] : value);
        });
        return all;
    }

    function iterator(value) {
        if (isLikeAList(value))
            return new Walk(value);
        if (typeof value === "string" || value instanceof String)
            return new Walk(characters(String(value)));
        if (value === null || typeof value !== "object" && typeof value !== "function")
            throw notAList(value);
        var make = value[symbol()];
        if (typeof make === "function")
            return iterated(make.call(value));
        if (typeof value.next === "function")
            return value;
        if (typeof value.forEach === "function" && typeof value.size === "number")
            return new Walk(collected(value));
        throw notAList(value);
    }

    // An iterator may be made by hand, or be a list that a Map gave for its entries.
    function iterated(made) {
        return made !== null && typeof made === "object" && typeof made.next === "function" ? made : iterator(made);
    }

    function all(value) {
        if (isLikeAList(value)) {
            // Holes are read as undefined, as the standard does.
            for (var i = 0, copy = []; i < value.length; i++)
                copy.push(value[i]);
            return copy;
        }
        return some(value, Infinity);
    }

    function some(value, count) {
        var walk = iterator(value), list = [], step;
        while (list.length < count && !(step = walk.next()).done)
            list.push(step.value);
        if (list.length === count && typeof walk["return"] === "function")
            walk["return"]();
        return list;
    }

    // What a loop over indexes walks: asked for its length before each turn, it takes the next value.
    function Lazy(walk) {
        this.walk = walk;
        this.turns = 0;
    }

    Object.defineProperty(Lazy.prototype, "length", {
        get: shield(function () {
            var step = this.walk.next();
            if (step.done)
                return 0;
            delete this[this.turns - 1];
            this[this.turns] = step.value;
            return ++this.turns;
        })
    });

    function copy(target, source) {
        if (source === null || source === undefined)
            return;
        if (typeof source === "string") {
            for (var i = 0; i < source.length; i++)
                target[i] = source.charAt(i);
            return;
        }
        if (typeof source !== "object" && typeof source !== "function")
            return;
        var keys = Object.keys(source);
        for (var k = 0; k < keys.length; k++)
            put(target, keys[k], source[keys[k]]);
    }

    function put(target, key, value) {
        if (key === "__proto__")
            Object.defineProperty(target, key, { value: value, enumerable: true, configurable: true, writable: true });
        else
            target[key] = value;
    }

    function isError(type) {
        return type === Error || type === TypeError || type === RangeError || type === SyntaxError || type === ReferenceError || type === EvalError || type === URIError;
    }

    return {
        __list: function (value) {
            return Array.isArray(value) ? value : new Lazy(iterator(value));
        },
        __values: iterator,
        __read: function (value, count) {
            if (Array.isArray(value))
                return value;
            return count === undefined ? all(value) : some(value, count);
        },
        __spread: function () {
            var list = [];
            for (var i = 0; i < arguments.length; i++)
                Array.prototype.push.apply(list, all(arguments[i]));
            return list;
        },
        __assign: function (target) {
            for (var i = 1; i < arguments.length; i++)
                copy(target, arguments[i]);
            return target;
        },
        __rest: function (source, names) {
            if (source === null || source === undefined)
                throw new TypeError("cannot take apart " + source);
            var rest = {}, keys = Object.keys(Object(source));
            for (var i = 0; i < keys.length; i++) {
                if (names.indexOf(keys[i]) < 0)
                    put(rest, keys[i], source[keys[i]]);
            }
            return rest;
        },
        __base: function (type) {
            if (type === null)
                return null;
            if (typeof type !== "function")
                throw new TypeError("a class can extend a class or a function, not " + kindOf(type));
            if (!isError(type))
                return type;
            // An error made by a call is a new one; a class wants its own.
            function Base(message) {
                if (message !== undefined)
                    Object.defineProperty(this, "message", { value: String(message), configurable: true, writable: true });
            }
            Base.prototype = type.prototype;
            return Base;
        },
        __extends: function (type, base) {
            function Between() {
                Object.defineProperty(this, "constructor", { value: type, configurable: true, writable: true });
            }
            if (base === null) {
                type.prototype = Object.create(null, { constructor: { value: type, configurable: true, writable: true } });
                return;
            }
            Object.getOwnPropertyNames(base).forEach(function (name) {
                if (name !== "prototype" && name !== "length" && name !== "name" && name !== "arguments" && name !== "caller" && !own.call(type, name))
                    Object.defineProperty(type, name, Object.getOwnPropertyDescriptor(base, name));
            });
            Between.prototype = base.prototype;
            type.prototype = new Between();
        },
        __makeTemplateObject: function (cooked, raw) {
            Object.defineProperty(cooked, "raw", { value: Object.freeze(raw) });
            return Object.freeze(cooked);
        },
        __generator: generator
    };

    // Runs the steps of a generator. Each step says what comes next: [0] go on, [1, error] throw here, [2, value] return, [3, label] jump,
    // [4, value] yield, [5, walk] yield all of it, [6, error] an error looks for its handler, [7] a finally is over.
    // A protected region is [start, catch, finally, end].
    function generator(self, body) {
        var state = { label: 0, trys: [], ops: [], sent: sent };
        var arrived = [0], inner = null, running = false, started = false, ended = false;

        function sent() {
            if (arrived[0] === 1)
                throw arrived[1];
            return arrived[1];
        }

        function finish(op) {
            ended = true;
            if (op[0] === 1 || op[0] === 6)
                throw op[1];
            return { value: op[1], done: true };
        }

        // What the walk that is yielded from makes of an operation: a value to yield, or the operation its end leads to.
        function forward(op) {
            try {
                var name = op[0] === 0 ? "next" : op[0] === 1 ? "throw" : "return";
                if (typeof inner[name] !== "function") {
                    if (op[0] === 1)
                        throw new TypeError("this walk takes no errors");
                    inner = null;
                    return { op: op };
                }
                var result = inner[name](op[1]);
                if (!result.done)
                    return { value: result.value };
                inner = null;
                return { op: [op[0] === 2 ? 2 : 0, result.value] };
            } catch (error) {
                inner = null;
                return { op: [6, error] };
            }
        }

        // The next operation after one that leaves where it is, or undefined where it found its place.
        function unwind(op) {
            for (;;) {
                var region = state.trys[state.trys.length - 1];
                if (op[0] === 3 && (!region || op[1] > region[0] && op[1] < region[3])) {
                    state.label = op[1];
                    return true;
                }
                if (!region)
                    return false;
                if (op[0] === 6 && state.label < region[1]) {
                    state.label = region[1];
                    arrived = op;
                    return true;
                }
                if (state.label < region[2]) {
                    state.label = region[2];
                    state.ops.push(op);
                    return true;
                }
                if (region[2])
                    state.ops.pop();
                state.trys.pop();
            }
        }

        function run(op) {
            for (;;) {
                if (inner !== null) {
                    var told = forward(op);
                    if (!told.op)
                        return { value: told.value, done: false };
                    op = told.op;
                }
                if (op[0] === 7) {
                    op = state.ops.pop();
                    state.trys.pop();
                }
                if (op[0] === 4) {
                    state.label++;
                    return { value: op[1], done: false };
                }
                if (op[0] === 5) {
                    state.label++;
                    inner = op[1];
                    op = [0];
                    continue;
                }
                if (op[0] < 2)
                    arrived = op;
                else if (!unwind(op))
                    return finish(op);
                op = attempt(body, self, state);
            }
        }

        function ask(op) {
            if (running)
                throw new TypeError("a generator was asked for a value while it makes one");
            if (ended || !started && op[0] !== 0)
                return finish(op[0] === 0 ? [2] : op);
            started = running = true;
            try {
                return run(op);
            } finally {
                running = false;
            }
        }

        var methods = {
            next: shield(function (value) { return ask([0, value]); }),
            "throw": shield(function (error) { return ask([1, error]); }),
            "return": shield(function (value) { return ask([2, value]); })
        };
        methods[symbol()] = function () { return this; };
        return Object.create(methods);
    }
})
