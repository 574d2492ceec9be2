/** What a static entry can look like; all of it can be saved as it is. */
export const exampleText = `$TTL 300
; Names end in a dot or are completed with the zone.
example         A       192.0.2.10
                AAAA    2001:db8::10
                MX      10 example
                TXT     "any text"
alias.example   CNAME   example
_https._tcp.example SRV 0 0 443 example
`;
