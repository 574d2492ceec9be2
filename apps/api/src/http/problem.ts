import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One fault of one field. */
export class FieldError {
  @ApiProperty() field!: string;
  @ApiProperty() message!: string;
}

/** What every error looks like on the wire (RFC 9457). */
export class Problem {
  @ApiProperty({ example: 'urn:lxdm:problem:name-taken' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiPropertyOptional({ description: 'What happened, and what to do about it.' }) detail?: string;
  @ApiProperty({ description: 'The stable word for this kind of error.' }) code!: string;
  @ApiPropertyOptional({ description: 'Under which the logs know the request.' }) requestId?: string;
  @ApiPropertyOptional({ type: () => [FieldError] }) errors?: FieldError[];
}

/** The media type of problems. */
export const PROBLEM_JSON = 'application/problem+json';
