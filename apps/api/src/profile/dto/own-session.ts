import { ApiProperty } from '@nestjs/swagger';

/** A session of yours. */
export class OwnSession {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'The one that asks.' }) current!: boolean;
  @ApiProperty({ enum: ['password', 'gitlab'] }) method!: 'password' | 'gitlab';
  @ApiProperty({ description: 'Where it was opened from.' }) address!: string;
  @ApiProperty() userAgent!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time', description: 'To the minute.' }) lastSeenAt!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) sudoUntil!: string | null;
}
