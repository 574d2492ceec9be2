import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { QueryFlag } from '../../http/query-text';

const ACTIONS = ['start', 'stop', 'restart'] as const;

/** A container that is wanted. */
export class CreateContainer {
  @ApiProperty({ minLength: 2, maxLength: 63, description: 'Unique in the zone, without regard to case.' })
  @IsString()
  @MaxLength(300)
  name!: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  hostId!: string;

  @ApiProperty({ maxLength: 300, description: 'The alias or the fingerprint of an image on that host.' })
  @IsString()
  @IsNotEmpty({ message: 'Choose an image.' })
  @MaxLength(300)
  image!: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Left out, the container gets a project of its own, named after it.',
  })
  @MayBeAbsent()
  @IsUUID()
  projectId?: string;

  @ApiPropertyOptional({ maxLength: 10_000, description: 'Markdown.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  description?: string;

  @ApiPropertyOptional({ default: false })
  @MayBeAbsent()
  @IsBoolean()
  nesting?: boolean;

  @ApiPropertyOptional({ default: true })
  @MayBeAbsent()
  @IsBoolean()
  start?: boolean;
}

/** Another power state. */
export class ChangeContainerState {
  @ApiProperty({ enum: ACTIONS })
  @IsIn(ACTIONS)
  action!: (typeof ACTIONS)[number];

  @ApiPropertyOptional({ default: false, description: 'Stop at once instead of asking politely first.' })
  @MayBeAbsent()
  @IsBoolean()
  force?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 600,
    default: 30,
    description: 'How long a polite stop may take.',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(600)
  timeoutSeconds?: number;
}

/** How to delete. */
export class DeleteContainer {
  @ApiPropertyOptional({ default: false, description: 'Stop at once instead of asking politely first.' })
  @QueryFlag()
  @MayBeAbsent()
  @IsBoolean()
  force: boolean = false;
}
