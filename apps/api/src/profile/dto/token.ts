import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsISO8601, IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { Ref } from '../../containers/dto/container';
import { MayBeAbsent } from '../../http/may-be-absent';

/** A token, without its secret. */
export class Token {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['read', 'write', 'admin'] }) scope!: 'read' | 'write' | 'admin';
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
    description:
      "`maker-gone`: a service's token opens nothing while its maker is neither an active owner of the project nor an active admin.",
  })
  state!: 'active' | 'expired' | 'maker-gone';
}

/** A token that was just made. */
export class CreatedToken {
  @ApiProperty({ description: 'The secret: it is shown this once.' }) token!: string;
  @ApiProperty({ type: () => Token }) details!: Token;
}

/** A token that is wanted. */
export class CreateToken {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'What it is for.' })
  @IsString()
  @IsNotEmpty({ message: 'Say what the token is for.' })
  @MaxLength(100)
  @Matches(/^\P{Cc}*$/u, { message: 'A name has no control characters.' })
  name!: string;

  @ApiProperty({
    enum: ['read', 'write', 'admin'],
    description: 'To look, to do what you may without sudo, or to act as an admin (made under sudo only).',
  })
  @IsIn(['read', 'write', 'admin'], { message: 'A scope is "read", "write" or "admin".' })
  scope!: 'read' | 'write' | 'admin';

  @ApiPropertyOptional({ type: [String], maxItems: 20, example: ['192.0.2.0/24', '2001:db8::/32'] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  networks?: string[];

  @ApiPropertyOptional({ format: 'date-time', description: 'Without it the token lives until it is revoked.' })
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  expiresAt?: string;
}
