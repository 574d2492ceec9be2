import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { Ref } from './container';

const SOURCES = ['profile', 'gitlab'] as const;
const STATES = ['placed', 'pending', 'failed', 'removing'] as const;

/** An SSH key that opens a container, is to open it, or is on its way out. */
export class ContainerKey {
  @ApiProperty() fingerprint!: string;
  @ApiProperty() type!: string;
  @ApiProperty() comment!: string;
  @ApiProperty({ type: () => Ref, nullable: true, description: 'Null when nobody whom you may see has it.' })
  owner!: Ref | null;
  @ApiProperty({ enum: SOURCES, nullable: true, type: String }) source!: (typeof SOURCES)[number] | null;
  @ApiProperty({ enum: STATES }) state!: (typeof STATES)[number];
  @ApiProperty({ type: String, nullable: true, description: 'Why it is so, in plain words.' }) detail!: string | null;
}

/** Which keys open a container. */
export class ContainerKeys {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When somebody looked last.' })
  checkedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why they cannot be delivered.' }) error!: string | null;
  @ApiProperty({ type: () => [ContainerKey] }) keys!: ContainerKey[];
}

/** Where a container is to go. */
export class MoveContainer {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  projectId!: string;
}
