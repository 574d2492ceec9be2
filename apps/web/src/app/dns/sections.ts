/** The parts of the section DNS. */
export interface Section {
  path: string;
  label: string;
  admin?: true;
}

const sections: Section[] = [
  { path: '/dns/zones', label: 'Zones', admin: true },
  { path: '/dns/static', label: 'Static entries', admin: true },
  { path: '/dns/dynamic', label: 'Dynamic entries' },
  { path: '/dns/keys', label: 'TSIG keys', admin: true },
  { path: '/dns/secondaries', label: 'Secondaries', admin: true },
];

export function sectionsFor(isAdmin: boolean): Section[] {
  return sections.filter((section) => isAdmin || !section.admin);
}
