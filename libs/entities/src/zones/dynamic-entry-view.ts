/** A value of a dynamic entry, or a record that a dynamic update put beside them. */
export interface DynamicValueView {
  id: string;
  /** As it was given; null for a record of a dynamic update. */
  value: string | null;
  rdata: Buffer;
  expiresAt: Date | null;
  createdAt: Date;
  by: 'entry' | 'update';
}

/** A dynamic entry with who may set it and what it says. */
export interface DynamicEntryView {
  id: string;
  zone: string;
  title: string;
  template: string;
  owner: string;
  type: number;
  ttl: number;
  container: { id: string; name: string } | null;
  /** The project of its container. */
  projectId: string | null;
  owners: { id: string; name: string }[];
  networks: string[];
  values: DynamicValueView[];
  createdAt: Date;
  updatedAt: Date;
}
