"""A client of the name server made of dnspython: a command comes in as one line of JSON, what was heard goes out as one."""
import json
import socket
import struct
import sys

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype
import dns.tsig
import dns.update
import dns.versioned
import dns.xfr

HOST = "127.0.0.1"
PORT = int(sys.argv[1])
ORIGIN = "ct.example.org."
TIMEOUT = 10
copies = {}


def tsig_key(key):
    return dns.tsig.Key(dns.name.from_text(key["name"]), key["secret"], key["algorithm"])


def exchange(message, tcp):
    return (dns.query.tcp if tcp else dns.query.udp)(message, HOST, port=PORT, timeout=TIMEOUT)


def heard(reply):
    return {
        "rcode": dns.rcode.to_text(reply.rcode()),
        "flags": dns.flags.to_text(reply.flags).split(),
        "signed": reply.had_tsig,
        "edns": reply.edns,
        "payload": reply.payload,
        "options": {int(option.otype): option.to_wire().hex() for option in reply.options},
        "answer": sorted(line for rrset in reply.answer for line in rrset.to_text().split("\n")),
    }


def update(key=None, prerequisites=(), changes=(), tcp=False):
    """Each prerequisite and change is the name of a method of dnspython's UpdateMessage and its arguments."""
    message = dns.update.UpdateMessage(ORIGIN)
    for method, *words in [*prerequisites, *changes]:
        getattr(message, method)(*words)
    if key:
        message.use_tsig(tsig_key(key))
    return heard(exchange(message, tcp))


def query(name, type, tcp=False, key=None, **edns):
    options = [dns.edns.GenericOption(int(code), bytes.fromhex(data)) for code, data in edns.pop("options", {}).items()]
    message = dns.message.make_query(name, type, options=options or None, **edns)
    # make_query takes 1 for "yes, version 0".
    if edns.get("use_edns"):
        message.use_edns(edns["use_edns"])
    if key:
        message.use_tsig(tsig_key(key))
    return heard(exchange(message, tcp))


class CountingInbound(dns.xfr.Inbound):
    """What takes the messages of a transfer; tells how many records they held."""
    records = 0

    def process_message(self, message):
        CountingInbound.records += sum(len(rrset) for rrset in message.answer)
        return super().process_message(message)


dns.xfr.Inbound = CountingInbound


def transfer(copy, key, whole=False, udp="NEVER"):
    """Brings a copy of the zone up to date, whole or by what changed; says what it holds then, and how much came for it."""
    zone = copies.setdefault(copy, dns.versioned.Zone(ORIGIN, relativize=False))
    message, serial = dns.xfr.make_query(zone, serial=None if whole else 0, keyring=tsig_key(key))
    CountingInbound.records = 0
    dns.query.inbound_xfr(HOST, zone, message, port=PORT, timeout=TIMEOUT, udp_mode=dns.query.UDPMode[udp])
    with zone.reader() as txn:
        records = sorted(f"{name} {rdataset.ttl} {dns.rdatatype.to_text(rdataset.rdtype)} {rdata}"
                         for name, rdataset in txn for rdata in rdataset)
        return {"since": serial, "serial": txn.get(ORIGIN, "SOA")[0].serial, "came": CountingInbound.records,
                "records": records}


def pipeline(key, names):
    """Sends all questions in one write, and an update in their midst; answers may come in any order."""
    middle = dns.update.UpdateMessage(ORIGIN)
    middle.add("piped", 60, "TXT", '"in the midst"')
    asked = [dns.message.make_query(name, "A") for name in names]
    asked.insert(len(asked) // 2, middle)
    for number, message in enumerate(asked):
        message.id = number + 1
        message.use_tsig(tsig_key(key))
    wires = [message.to_wire() for message in asked]
    with socket.create_connection((HOST, PORT), TIMEOUT) as connection:
        connection.sendall(b"".join(struct.pack("!H", len(wire)) + wire for wire in wires))
        stream = connection.makefile("rb")
        replies = {}
        for _ in asked:
            wire = stream.read(struct.unpack("!H", stream.read(2))[0])
            question = asked[struct.unpack("!H", wire[:2])[0] - 1]
            # Each signature is checked against the question that it answers.
            reply = dns.message.from_wire(wire, keyring=question.keyring, request_mac=question.mac)
            replies[question.id] = heard(reply)
    return [replies[message.id] for message in asked]


COMMANDS = {function.__name__: function for function in (update, query, transfer, pipeline)}
for line in sys.stdin:
    command = json.loads(line)
    try:
        said = COMMANDS[command.pop("do")](**command)
    except (dns.exception.DNSException, OSError) as error:
        said = {"error": type(error).__name__, "text": str(error)}
    print(json.dumps(said), flush=True)
