// The compiler wants a Map whose keys are text. It iterates in the order of insertion and deletes while it does.
var Map = (function () {
    "use strict";

    function Map() {
        this.size = 0;
        this.clear();
    }

    function Walk(map, pick) {
        this.entries = map.list;
        this.at = 0;
        this.pick = pick;
    }

    Walk.prototype.next = function () {
        while (this.at < this.entries.length) {
            var entry = this.entries[this.at++];
            if (!entry.gone)
                return { done: false, value: this.pick(entry) };
        }
        return { done: true, value: undefined };
    };

    function keyOf(entry) { return entry.key; }
    function valueOf(entry) { return entry.value; }
    function pairOf(entry) { return [entry.key, entry.value]; }

    Map.prototype = {
        constructor: Map,
        get: function (key) {
            var entry = this.byKey[key];
            return entry === undefined ? undefined : entry.value;
        },
        has: function (key) { return this.byKey[key] !== undefined; },
        set: function (key, value) {
            var entry = this.byKey[key];
            if (entry !== undefined) {
                entry.value = value;
                return this;
            }
            this.byKey[key] = entry = { key: key, value: value, gone: false };
            this.list.push(entry);
            this.size++;
            return this;
        },
        "delete": function (key) {
            var entry = this.byKey[key];
            if (entry === undefined)
                return false;
            entry.gone = true;
            this.byKey[key] = undefined;
            this.size--;
            return true;
        },
        clear: function () {
            this.size = 0;
            this.byKey = Object.create(null);
            this.list = [];
        },
        keys: function () { return new Walk(this, keyOf); },
        values: function () { return new Walk(this, valueOf); },
        entries: function () { return new Walk(this, pairOf); },
        forEach: function (action) {
            var walk = this.entries(), step;
            while (!(step = walk.next()).done)
                action(step.value[1], step.value[0]);
        }
    };
    return Map;
})();
