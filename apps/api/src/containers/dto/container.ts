import { CONTAINER_STATUSES, ContainerStatus } from '@lxdm/domain';
import { ApiProperty } from '@nestjs/swagger';
import { Operation } from '../../operations/dto/operation';

const ADDRESS_STATES = ['observed', 'pendingAdd', 'pendingDel'] as const;

/** The id and the name of something else. */
export class Ref {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
}

/** An address of a container. */
export class ContainerAddress {
  @ApiProperty() address!: string;
  @ApiProperty({ type: 'integer', enum: [4, 6] }) family!: 4 | 6;
  @ApiProperty() interface!: string;
  @ApiProperty({ enum: ADDRESS_STATES }) state!: (typeof ADDRESS_STATES)[number];
}

/** A container, as lists show it. */
export class Container {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'Its name in the zone.' }) fqdn!: string;
  @ApiProperty({ description: 'Markdown.' }) description!: string;
  @ApiProperty({ enum: CONTAINER_STATUSES }) status!: ContainerStatus;
  @ApiProperty({ type: String, nullable: true }) statusDetail!: string | null;
  @ApiProperty({ description: 'True while what is wanted is not yet what is seen.' }) pending!: boolean;
  @ApiProperty({ description: 'True while the host cannot be reached: what is shown was seen at observedAt.' })
  stale!: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) observedAt!: string | null;
  @ApiProperty({ type: () => Ref, nullable: true }) project!: Ref | null;
  @ApiProperty({ type: () => Ref }) host!: Ref;
  @ApiProperty({ type: String, nullable: true }) image!: string | null;
  @ApiProperty({ type: () => [ContainerAddress] }) addresses!: ContainerAddress[];
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty() nesting!: boolean;
  @ApiProperty({ type: String, nullable: true }) error!: string | null;
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
