/**
 * A program of awk that puts the contents of files in place of their marks, `${path}`, in a statement.
 *
 * The marks stand in JSON texts within character strings of SQL. Each character that has a meaning in either of them is
 * written as `\\uXXXX`: an escape sequence of JSON whose backslash is doubled for SQL. What was put in is not looked at
 * again, so that a secret may hold anything.
 *
 * The variable RS has to be a character that no text has, so that each is read as a whole.
 */
export const FILL_STATEMENT = String.raw`BEGIN {
  for (code = 1; code < 128; code++) {
    character = sprintf("%c", code)
    if (code < 32 || index("\"'\\", character)) escaped[character] = sprintf("\\\\u%04x", code)
  }
}

function content(path,    text, result, at, status) {
  status = (getline text < path)
  if (status < 0) {
    print path " cannot be read" > "/dev/stderr"
    exit 1
  }
  for (at = 1; status > 0 && at <= length(text); at++) {
    character = substr(text, at, 1)
    result = result (character in escaped ? escaped[character] : character)
  }
  close(path)
  return result
}

{
  rest = $0
  while ((from = index(rest, "$" "{")) > 0) {
    printf "%s", substr(rest, 1, from - 1)
    rest = substr(rest, from + 2)
    to = index(rest, "}")
    path = substr(rest, 1, to - 1)
    printf "%s", (path == "$" ? "$" : content(path))
    rest = substr(rest, to + 1)
  }
  printf "%s", rest
}
`;
