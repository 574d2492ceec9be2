import { ApiProperty } from '@nestjs/swagger';
import { Ref } from '../../containers/dto/container';

/** One value of an entry. */
export class DynamicValue {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'As it was given; null for a record of a dynamic update.' })
  value!: string | null;
  @ApiProperty({ description: 'The data of its record, as in a zone file.' }) data!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) expiresAt!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ enum: ['entry', 'update'], description: '`update`: put there by dynamic update (RFC 2136).' })
  by!: 'entry' | 'update';
}

/** A name whose values programs set. */
export class DynamicEntry {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() zone!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'A line of a zone file with one %s, where the value goes.' }) template!: string;
  @ApiProperty({ description: 'The name, in full.' }) owner!: string;
  @ApiProperty({ example: 'TXT' }) type!: string;
  @ApiProperty({ type: 'integer' }) ttl!: number;
  @ApiProperty({ type: () => Ref, nullable: true, description: 'The container whose own entry it is.' })
  container!: Ref | null;
  @ApiProperty({ type: () => [Ref], description: 'Who may set its values; a token of the entry is not told.' })
  owners!: Ref[];
  @ApiProperty({ type: [String], description: 'From where values may be set; empty for everywhere.' })
  networks!: string[];
  @ApiProperty({ type: () => [DynamicValue] }) values!: DynamicValue[];
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
}

/** A page of entries. */
export class DynamicEntryPage {
  @ApiProperty({ type: () => [DynamicEntry] }) items!: DynamicEntry[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) page!: number;
  @ApiProperty({ type: 'integer' }) pageSize!: number;
}

/** A token of an entry, without its secret. */
export class EntryToken {
  @ApiProperty({ format: 'uuid', description: 'The user name where a client asks for one.' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: [String], description: 'From where it may be used; empty for everywhere.' }) networks!: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) expiresAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt!: string | null;
  @ApiProperty({ type: String, nullable: true }) lastUsedAddress!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: () => Ref, nullable: true, description: 'Who made it; null when that user is no more.' })
  createdBy!: Ref | null;
  @ApiProperty({
    enum: ['active', 'expired', 'maker-gone'],
    description: '`maker-gone`: it opens nothing while its maker may not set the entry themselves.',
  })
  state!: 'active' | 'expired' | 'maker-gone';
}

/** A token of an entry that was just made. */
export class CreatedEntryToken {
  @ApiProperty({ description: 'The secret: it is shown this once.' }) token!: string;
  @ApiProperty({ type: () => EntryToken }) details!: EntryToken;
}
