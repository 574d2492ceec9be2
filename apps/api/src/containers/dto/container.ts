import { CONTAINER_STATUSES, ContainerStatus } from '@lxdm/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Operation } from '../../operations/dto/operation';

const ADDRESS_STATES = ['pendingAdd', 'pendingDel'] as const;

/** The id and the name of something else. */
export class Ref {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
}

/** An address of a container. */
export class ContainerAddress {
  @ApiProperty() address!: string;
  @ApiProperty() interface!: string;
  @ApiPropertyOptional({ enum: ADDRESS_STATES, description: 'Absent: seen on the container.' })
  state?: (typeof ADDRESS_STATES)[number];
}

/** A container, as lists and events show it. A list has a thousand of them: what is absent is not so, and the zone is told once for all of them. */
export class Container {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: CONTAINER_STATUSES }) status!: ContainerStatus;
  @ApiPropertyOptional({ description: 'Why it is so, or the step that is under way.' }) statusDetail?: string;
  @ApiPropertyOptional({ description: 'True while what is wanted is not yet what is seen.' }) pending?: boolean;
  @ApiPropertyOptional({ description: 'True while the host cannot be reached: what is shown was seen at observedAt.' })
  stale?: boolean;
  @ApiPropertyOptional({ format: 'date-time', description: 'In lists only while it is stale.' }) observedAt?: string;
  @ApiProperty({ type: () => Ref, nullable: true }) project!: Ref | null;
  @ApiProperty({ type: () => Ref }) host!: Ref;
  @ApiProperty({ type: () => [ContainerAddress] }) addresses!: ContainerAddress[];
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

/** An SSH host key of a container. */
export class HostKey {
  @ApiProperty() type!: string;
  @ApiProperty() publicKey!: string;
  @ApiProperty() fingerprint!: string;
}

/** The hardware addresses of a container. */
export class ContainerHwaddr {
  @ApiProperty() eth0!: string;
  @ApiProperty() eth1!: string;
}

/** A container with everything that is known of it. */
export class ContainerDetail extends Container {
  @ApiProperty({ description: 'Its name in the zone.' }) fqdn!: string;
  @ApiProperty({ description: 'Markdown.' }) description!: string;
  @ApiProperty({ type: String, nullable: true }) image!: string | null;
  @ApiProperty() nesting!: boolean;
  @ApiProperty({ type: String, nullable: true }) error!: string | null;
  @ApiProperty({ type: () => [HostKey] }) hostKeys!: HostKey[];
  @ApiProperty({ type: 'integer' }) generation!: number;
  @ApiProperty({ type: 'integer' }) observedGeneration!: number;
  @ApiProperty({ type: () => ContainerHwaddr }) hwaddr!: ContainerHwaddr;
  @ApiProperty({ type: () => [Operation], description: 'The last 20, newest first.' }) operations!: Operation[];
  @ApiProperty({ type: String, nullable: true }) sshCommand!: string | null;
  @ApiProperty() userData!: string;
  @ApiProperty({ description: 'Private keys are replaced by "…".' }) vendorDataPreview!: string;
  @ApiProperty() networkConfig!: string;
}

/** A page of containers. */
export class ContainerPage {
  @ApiProperty({ type: () => [Container] }) items!: Container[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) page!: number;
  @ApiProperty({ type: 'integer' }) pageSize!: number;
}
