//! A mail server that keeps what it gets, refuses it for now, or takes its time.
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Caught {
    pub from: String,
    pub to: Vec<String>,
    /// Headers and body.
    pub data: String,
}

#[derive(Clone)]
pub struct Smtp {
    pub url: String,
    caught: Arc<Mutex<Vec<Caught>>>,
    busy: Arc<AtomicBool>,
    slow: Arc<AtomicBool>,
    held: Arc<AtomicUsize>,
}

impl Smtp {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let smtp = Self {
            url: format!("smtp://{address}"),
            caught: Arc::default(),
            busy: Arc::default(),
            slow: Arc::default(),
            held: Arc::default(),
        };
        let server = smtp.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        smtp
    }

    /// From now on every mail is answered with 451, or taken again.
    pub fn refuse(&self, refuse: bool) {
        self.busy.store(refuse, Ordering::SeqCst);
    }

    /// From now on whoever brings a mail waits before it is taken, or nobody does.
    pub fn hold(&self, hold: bool) {
        self.slow.store(hold, Ordering::SeqCst);
    }

    /// How many mails were held so far.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::SeqCst)
    }

    async fn pass(&self) {
        if self.slow.load(Ordering::SeqCst) {
            self.held.fetch_add(1, Ordering::SeqCst);
        }
        while self.slow.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub fn caught(&self) -> Vec<Caught> {
        self.caught.lock().expect("mails").clone()
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut mail = Caught {
            from: String::new(),
            to: Vec::new(),
            data: String::new(),
        };
        write.write_all(b"220 catcher ready\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let path = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let answer = match verb.as_str() {
                "EHLO" => "250-catcher\r\n250 8BITMIME",
                "MAIL" if self.busy.load(Ordering::SeqCst) => "451 try again later",
                "MAIL" => {
                    mail = Caught {
                        from: path(),
                        to: Vec::new(),
                        data: String::new(),
                    };
                    "250 ok"
                }
                "RCPT" => {
                    mail.to.push(path());
                    "250 ok"
                }
                "DATA" => {
                    self.pass().await;
                    write.write_all(b"354 go on\r\n").await?;
                    loop {
                        match lines.next_line().await?.as_deref() {
                            // Whoever leaves in the middle of a mail did not send it.
                            None => return Ok(()),
                            Some(".") => break,
                            Some(line) => {
                                mail.data.push_str(line.strip_prefix('.').unwrap_or(line));
                                mail.data.push('\n');
                            }
                        }
                    }
                    self.caught.lock().expect("mails").push(mail.clone());
                    "250 taken"
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                "RSET" | "NOOP" | "HELO" => "250 ok",
                _ => "502 unknown",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }
}
