# Perl's Mojolicious. Frames of its own making are its fragments.
use Mojo::Base -strict;
use Mojo::IOLoop;
use Mojo::IOLoop::Stream;
use Mojo::UserAgent;
use Mojo::Util qw(decode encode);

$| = 1;
my ($url, $protocol) = @ARGV;
my $agent = Mojo::UserAgent->new(inactivity_timeout => 0);

sub say_line { print join(' ', @_), "\n" }

sub obey {
  my ($tx, $verb, $words) = @_;
  $tx->send({text => $words})   if $verb eq 'text';
  $tx->send({binary => $words}) if $verb eq 'binary';
  $tx->send([1, 0, 0, 0, 9, $words]) if $verb eq 'ping';
  $tx->finish(split / /, decode('UTF-8', $words), 2) if $verb eq 'close';
  return unless $verb eq 'fragments';
  my @parts = split /\t/, $words;
  for my $i (0 .. $#parts) {
    $tx->send([$i == $#parts ? 1 : 0, 0, 0, 0, $i ? 0 : 1, $parts[$i]]);
    $tx->send([1, 0, 0, 0, 9, 'between']);
  }
}

$agent->max_response_size(0);
$agent->websocket($url => [$protocol] => sub {
  my ($agent, $tx) = @_;
  die "no handshake\n" unless $tx->is_websocket;
  $tx->max_websocket_size(2**23);
  say_line(open => $tx->protocol);
  $tx->on(text => sub { say_line(text => $_[1]) });
  $tx->on(binary => sub { say_line(binary => $_[1]) });
  $tx->on(frame => sub { say_line(pong => $_[1][5]) if $_[1][4] == 10 });
  $tx->on(finish => sub { say_line(closed => $_[1] // '-', encode('UTF-8', $_[2] // '')); Mojo::IOLoop->stop });
  my $orders = Mojo::IOLoop::Stream->new(\*STDIN)->timeout(0);
  my $unread = '';
  $orders->on(read => sub {
    $unread .= $_[1];
    obey($tx, split(/ /, $1, 2)) while $unread =~ s/^(.*)\n//;
  });
  Mojo::IOLoop->stream($orders);
});
Mojo::IOLoop->start;
