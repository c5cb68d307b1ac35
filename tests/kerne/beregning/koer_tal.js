/* Runs calls of static/app/tal.js for test_tal_js.py: JSON list of [function, arguments] on stdin, answers on stdout.
   BigInt travels as {"n": "123"}; an object of named arguments is revived member by member. */
"use strict";
const Tal = require(process.argv[2]);
const genopliv = (_noegle, v) => (v && typeof v === "object" && typeof v.n === "string" ? BigInt(v.n) : v);
const skriv = (_noegle, v) => (typeof v === "bigint" ? { n: v.toString() } : v);
const kald = JSON.parse(require("fs").readFileSync(0, "utf8"), genopliv);
process.stdout.write(JSON.stringify(kald.map(([funktion, argumenter]) => Tal[funktion](...argumenter)), skriv));
