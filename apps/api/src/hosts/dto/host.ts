import { HOST_STATES, HostState } from '@lxdm/domain';
import { ApiProperty } from '@nestjs/swagger';

const SERVERS = ['lxd', 'incus'] as const;

/** How many containers a host has. */
export class HostCounts {
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) running!: number;
}

/** A host's memory. */
export class HostMemory {
  @ApiProperty() totalBytes!: number;
  @ApiProperty() usedBytes!: number;
}

/** An LXD or Incus server. What only admins need is null or empty for others. */
export class Host {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'Empty for those who are no admins.' }) url!: string;
  @ApiProperty({ enum: SERVERS, type: String, nullable: true }) server!: (typeof SERVERS)[number] | null;
  @ApiProperty({ type: String, nullable: true }) serverVersion!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'SHA-256 of the confirmed certificate, or of the one to confirm. For admins.',
  })
  fingerprint!: string | null;
  @ApiProperty({ enum: HOST_STATES }) state!: HostState;
  @ApiProperty({ type: String, nullable: true, description: 'In plain words. For admins.' }) stateReason!:
    string | null;
  @ApiProperty({ type: [String] }) subnets!: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) lastSeenAt!: string | null;
  @ApiProperty({ type: () => HostCounts }) containers!: HostCounts;
  @ApiProperty({ type: () => HostMemory, nullable: true }) memory!: HostMemory | null;
  @ApiProperty({ type: String, nullable: true, description: 'For admins.' }) monitoringUrl!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

/** An image that a host has. */
export class Image {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() fingerprint!: string;
  @ApiProperty({ type: [String] }) aliases!: string[];
  @ApiProperty() description!: string;
  @ApiProperty() os!: string;
  @ApiProperty() release!: string;
  @ApiProperty() architecture!: string;
  @ApiProperty() sizeBytes!: number;
  @ApiProperty({ format: 'date-time' }) observedAt!: string;
}
