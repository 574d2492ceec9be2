/** Length of the header (RFC 1035 §4.1.1). */
export const HEADER_LENGTH = 12;
/** Length of what follows the name in a question: QTYPE and QCLASS (RFC 1035 §4.1.2). */
export const QUESTION_TAIL = 4;
