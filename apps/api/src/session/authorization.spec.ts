import { tokenOfAuthorization } from './authorization';

const token = `lxdmt_${'a'.repeat(43)}`;

it.each([
  [undefined, { given: false, token: null }],
  [`Bearer ${token}`, { given: true, token }],
  [`Token ${token}`, { given: true, token }],
  [`bearer  ${token} `, { given: true, token }],
  ['', { given: true, token: null }],
  ['Bearer', { given: true, token: null }],
  [`Bearer${token}`, { given: true, token: null }],
  [token, { given: true, token: null }],
  [`Basic ${token}`, { given: true, token: null }],
  [`Bearer ${token} ${token}`, { given: true, token: null }],
  [`Bearer ${token}, Bearer x`, { given: true, token: null }],
  [`Bearer ${'a'.repeat(101)}`, { given: true, token: null }],
])('%j', (header, asked) => expect(tokenOfAuthorization(header)).toEqual(asked));
