using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorHub.Tests.StandIns.Smtp;

/// <summary>A mail server on this machine that keeps what it takes, and breaks where it is told to. It knows nothing of the hub.</summary>
internal sealed class SmtpStandIn : IAsyncDisposable
{
    private readonly SmtpHouse _house;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<SmtpMail> _mails = [];
    private readonly List<string> _commands = [];
    private readonly Task _work;

    private SmtpStandIn(SmtpHouse house)
    {
        _house = house;
        _listener = new TcpListener(IPAddress.Loopback, house.Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Certificate = MakeCertificate();
        _work = ListenAsync(_stop.Token);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its certificate, made for this one, which nobody else trusts.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What it took, in order.</summary>
    public IReadOnlyList<SmtpMail> Mails
    {
        get
        {
            lock (_gate)
            {
                return [.. _mails];
            }
        }
    }

    /// <summary>Every line that was said to it outside of letters, in order.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_gate)
            {
                return [.. _commands];
            }
        }
    }

    public static SmtpStandIn Start(SmtpHouse? house = null) => new(house ?? new SmtpHouse());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _listener.Stop();
        Certificate.Dispose();
        _stop.Dispose();
    }

    internal void Keep(SmtpMail mail)
    {
        lock (_gate)
        {
            _mails.Add(mail);
        }

        _house.Tell(mail);
    }

    internal void Hear(string command)
    {
        lock (_gate)
        {
            _commands.Add(command);
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        var visits = new List<Task>();
        try
        {
            while (true)
            {
                visits.Add(ServeAsync(await _listener.AcceptTcpClientAsync(stop), stop));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(visits);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                await using var visit = new SmtpVisit(client.GetStream(), _house, this);
                await visit.RunAsync(stop);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or FormatException or System.Security.Authentication.AuthenticationException)
            {
                // The other side went away or does not speak SMTP, or the stand-in is being stopped.
            }
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
