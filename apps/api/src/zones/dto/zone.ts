import { ZoneKind } from '@lxdm/entities';
import { ApiProperty } from '@nestjs/swagger';

const KINDS = ['forward', 'reverse'] as const;

/** What the parent zone has to say about a zone: lines of zone-file text, ready to be copied. */
export class Delegation {
  @ApiProperty({ type: [String] }) ns!: string[];
  @ApiProperty({ type: [String], description: 'Addresses of the name server, where its name lies inside the zone.' })
  glue!: string[];
  @ApiProperty({ type: [String], description: 'Empty while the zone is not signed.' }) ds!: string[];
}

/** A zone that the name server is the authority for. */
export class Zone {
  @ApiProperty({ description: 'Absolute, in lower case.', example: 'ct.example.org.' }) name!: string;
  @ApiProperty({ enum: KINDS, description: 'That of the containers’ names, or one of a subnet’s addresses.' })
  kind!: ZoneKind;
  @ApiProperty({ type: String, nullable: true, description: 'The subnet of a reverse zone.' }) cidr!: string | null;
  @ApiProperty({ type: 'integer' }) serial!: number;
  @ApiProperty() dnssec!: boolean;
  @ApiProperty({ type: 'integer', description: 'How many there are, those included that are not served.' })
  records!: number;
  @ApiProperty() nameserver!: string;
  @ApiProperty({ type: [String], description: 'The addresses of the name server, as far as they are set.' })
  addresses!: string[];
  @ApiProperty({ type: () => Delegation }) delegation!: Delegation;
}
